using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a parent's attributes say.</summary>
internal static class MdevParentEmitter
{
    private const string Type = "global::Mdev.Sdk.MdevType";
    private const string Budget = "global::Mdev.Sdk.MdevBudget";

    public static SourceFile Emit(MdevParentModel parent) => Shell.Write(
        parent.Shell, "MdevParent", null, static _ => { }, writer => WriteMembers(writer, parent));

    private static void WriteMembers(IndentedWriter writer, MdevParentModel parent)
    {
        WriteMember(writer, parent, "Driver", $"public override string Driver => {Literal.Text(parent.Name)};");
        string capacity = parent.Capacity == long.MaxValue ? "long.MaxValue" : Literal.Number(parent.Capacity);
        WriteMember(writer, parent, "Capacity", $"public override long Capacity => {capacity};");
        if (parent.MaxInstances > 0)
            WriteMember(writer, parent, "MaxInstances", $"public override int MaxInstances => {Literal.Number(parent.MaxInstances)};");
        if (parent.Budgets.Count > 0)
            WriteMember(writer, parent, "Budgets", $"public override global::System.Collections.Generic.IReadOnlyList<{Budget}> Budgets {{ get; }} = [{Amounts(parent.Budgets)}];");
        if (parent.OneTypeAtATime)
            WriteMember(writer, parent, "OneTypeAtATime", "public override bool OneTypeAtATime => true;");
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
            string costs = type.Costs.Count > 0 ? $", costs: [{Amounts(type.Costs)}]" : "";
            string description = type.Description is { } text ? $", description: {Literal.Text(text)}" : "";
            writer.Continued($"new {Type}<{parent.Config}>({name}, {pretty}, {Literal.Number(type.Cost)}, {type.Property}{costs}{description}),");
        }

        writer.Line("];");
    }

    private static string Amounts(IEnumerable<MdevBudgetModel> amounts) =>
        string.Join(", ", amounts.Select(a => $"new({Literal.Text(a.Name)}, {Literal.Number(a.Amount)})"));

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
