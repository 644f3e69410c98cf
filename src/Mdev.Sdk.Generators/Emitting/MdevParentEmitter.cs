using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a parent's attributes say.</summary>
internal static class MdevParentEmitter
{
    private const string Type = "global::Mdev.Sdk.MdevType";

    public static SourceFile Emit(MdevParentModel parent) => Shell.Write(
        parent.Shell, "MdevParent", null, static _ => { }, writer => WriteMembers(writer, parent));

    private static void WriteMembers(IndentedWriter writer, MdevParentModel parent)
    {
        WriteMember(writer, parent, "Driver", $"public override string Driver => {Literal.Text(parent.Name)};");
        WriteMember(writer, parent, "Capacity", $"public override long Capacity => {Literal.Number(parent.Capacity)};");
        if (parent.DeviceApi is { } api)
            WriteMember(writer, parent, "DeviceApi", $"public override string DeviceApi => {Literal.Text(api)};");
        WriteMember(
            writer,
            parent,
            "CreateTypes",
            $"protected override global::System.Collections.Generic.IReadOnlyList<{Type}> CreateTypes() =>",
            w => WriteTypes(w, parent));

        string made = parent.Broken
            ? "throw new global::System.NotSupportedException();"
            : $"new({string.Join(", ", parent.Arguments)});";
        WriteMember(
            writer, parent, "CreateDevice", $"protected override {parent.Device} CreateDevice({parent.Config} config) => {made}");
    }

    private static void WriteTypes(IndentedWriter writer, MdevParentModel parent)
    {
        writer.Line("[");
        foreach (MdevTypeModel type in parent.Types)
        {
            string name = Literal.Text(type.Name), pretty = Literal.Text(type.PrettyName);
            writer.Continued($"new {Type}<{parent.Config}>({name}, {pretty}, {Literal.Number(type.Cost)}, {type.Property}),");
        }

        writer.Line("];");
    }

    private static void WriteMember(
        IndentedWriter writer, MdevParentModel parent, string member, string code, Action<IndentedWriter>? more = null)
    {
        if (parent.Overridden.Contains(member))
            return;
        writer.Gap();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line(code);
        more?.Invoke(writer);
    }
}
