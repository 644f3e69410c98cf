using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints how a class's attributes are read and written by their number.</summary>
internal static class MdevAttributesEmitter
{
    private const string Interface = "global::Mdev.Sdk.IMdevAttributes";
    private const string Info = "global::Mdev.Sdk.MdevAttributeInfo";
    private const string Infos = $"global::System.Collections.Generic.IReadOnlyList<{Info}>";
    private const string Text = "global::Mdev.Sdk.MdevAttributeText";
    private const string Field = "s_mdevAttributes";
    private const string Declared = "DeclaredMdevAttributes";
    private const string Show = MdevAttributeBase.Show;
    private const string Store = "StoreMdevAttribute";
    private const string Unknown = "throw new global::System.ArgumentOutOfRangeException(nameof(index))";

    public static SourceFile Emit(MdevAttributesModel model) => Shell.Write(
        model.Shell, "MdevAttributes", model.Inherits ? null : Interface, static _ => { }, writer => WriteMembers(writer, model));

    private static void WriteMembers(IndentedWriter writer, MdevAttributesModel model)
    {
        WriteInfos(writer, model);
        if (!model.Inherits)
            WriteInterface(writer, model);
        if (model.Inherits || !model.IsSealed)
            WriteShared(writer, model);
    }

    // Those of a base class are known when its code runs, and not before: it may be of another assembly.
    private static void WriteInfos(IndentedWriter writer, MdevAttributesModel model)
    {
        writer.Line(Shell.Generated);
        if (model.Inherits)
        {
            writer.Line($"private static {Info}[]? {Field};");
            return;
        }

        writer.Line($"private static readonly {Info}[] {Field} =");
        WriteList(writer, model, "");
    }

    private static void WriteList(IndentedWriter writer, MdevAttributesModel model, string first)
    {
        writer.Line("[");
        if (first.Length > 0)
            writer.Continued($"{first},");
        foreach (MdevAttributeModel attribute in model.Attributes)
        {
            string undo = attribute.Undo is { } name ? ", " + Literal.Text(name) : "";
            writer.Continued($"new({Literal.Text(attribute.Name)}, {Bool(attribute.IsReadable)}, {Bool(attribute.IsWritable)}{undo}),");
        }

        writer.Line("];");
    }

    // The outermost call takes the device's lock; what a class below adds runs on it too.
    private static void WriteInterface(IndentedWriter writer, MdevAttributesModel model)
    {
        Head(writer);
        writer.Line($"{Infos} {Interface}.MdevAttributes => {(model.IsSealed ? Field : Declared)};");

        Head(writer, dispatches: true);
        writer.Open($"string {Interface}.ShowAttribute(int index)");
        WriteAccess(writer, model, "false");
        if (model.IsSealed)
            WriteShow(writer, model);
        else
            writer.Line($"return {Show}(index);");
        writer.Close();

        Head(writer, dispatches: true);
        writer.Open($"void {Interface}.StoreAttribute(int index, string value)");
        WriteAccess(writer, model, "true");
        if (model.IsSealed)
            WriteStore(writer, model);
        else
            writer.Line($"{Store}(index, value);");
        writer.Close();
    }

    private static void WriteAccess(IndentedWriter writer, MdevAttributesModel model, string store)
    {
        if (model.IsDevice)
            writer.Line($"using global::Mdev.Sdk.Device.AttributeAccess access = BeginAttribute(store: {store});");
    }

    private static void WriteShared(IndentedWriter writer, MdevAttributesModel model)
    {
        string modifier = model.Inherits ? "protected override" : "protected virtual";
        Head(writer, hidden: true, summary: model.Inherits ? null : "The attributes, which a class below may add to.");
        if (model.Inherits)
        {
            writer.Line($"{modifier} {Infos} {Declared} => {Field} ??=");
            WriteList(writer, model, $".. base.{Declared}");
        }
        else
        {
            writer.Line($"{modifier} {Infos} {Declared} => {Field};");
        }

        Head(writer, dispatches: true, hidden: true, summary: model.Inherits ? null : "Reads an attribute by its number.");
        writer.Open($"{modifier} string {Show}(int index)");
        WriteShow(writer, model);
        writer.Close();

        Head(writer, dispatches: true, hidden: true, summary: model.Inherits ? null : "Writes an attribute by its number.");
        writer.Open($"{modifier} void {Store}(int index, string value)");
        WriteStore(writer, model);
        writer.Close();
    }

    private static void WriteShow(IndentedWriter writer, MdevAttributesModel model)
    {
        writer.Open($"return {Index(model)} switch");
        if (model.Inherits)
            writer.Line($"< 0 => base.{Show}(index),");
        for (int i = 0; i < model.Attributes.Count; i++)
        {
            if (model.Attributes[i].IsReadable)
                writer.Line($"{Literal.Number(i)} => {Shown(model.Attributes[i])},");
        }

        writer.Line($"_ => {Unknown},");
        writer.Close(";");
    }

    private static void WriteStore(IndentedWriter writer, MdevAttributesModel model)
    {
        writer.Open($"switch ({Index(model).Trim('(', ')')})");
        if (model.Inherits)
            WriteCase(writer, "case < 0", $"base.{Store}(index, value);");
        for (int i = 0; i < model.Attributes.Count; i++)
        {
            if (model.Attributes[i].IsWritable)
                WriteCase(writer, $"case {Literal.Number(i)}", Stored(model.Attributes[i]));
        }

        writer.Line("default:");
        writer.Continued(Unknown + ";");
        writer.Close();
    }

    private static void WriteCase(IndentedWriter writer, string label, string statement)
    {
        writer.Line(label + ":");
        writer.Continued(statement);
        writer.Continued("break;");
    }

    private static string Index(MdevAttributesModel model) => model.Inherits ? $"(index - base.{Declared}.Count)" : "index";

    private static string Shown(MdevAttributeModel attribute)
    {
        string value = attribute.IsMethod ? attribute.Member + "()" : attribute.Member;
        return attribute.Value.Kind switch
        {
            MdevAttributeKind.Integer => $"{Text}.OfInteger({value})",
            MdevAttributeKind.Enum => $"{Text}.OfEnum({value})",
            _ => $"{Text}.Of({value})",
        };
    }

    private static string Stored(MdevAttributeModel attribute)
    {
        string value = attribute.Value.Kind switch
        {
            MdevAttributeKind.Bool => $"{Text}.ToBool(value)",
            MdevAttributeKind.Integer => $"{Text}.ToInteger<{attribute.Value.Type}>(value)",
            MdevAttributeKind.Enum => $"{Text}.ToEnum<{attribute.Value.Type}>(value)",
            MdevAttributeKind.Guid => $"{Text}.ToGuid(value)",
            MdevAttributeKind.Lines => $"{Text}.ToLines(value)",
            _ => "value",
        };
        return attribute.IsMethod ? $"{attribute.Member}({value});" : $"{attribute.Member} = {value};";
    }

    // Nothing stands above a virtual one that it could inherit.
    private static void Head(IndentedWriter writer, bool dispatches = false, bool hidden = false, string? summary = null)
    {
        writer.Gap();
        writer.Line(summary is null ? "/// <inheritdoc/>" : $"/// <summary>{summary}</summary>");
        writer.Mark();
        if (dispatches)
            writer.Line(Shell.SteppedThrough);
        if (hidden)
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
