using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints how a block's or device's state becomes bytes and comes back. Loading runs twice, and assigns only in the second run.
/// </summary>
internal static partial class StateEmitter
{
    private const string Interface = "global::Mdev.Sdk.State.IStateful";
    private const string Writer = "global::Mdev.Sdk.State.StateWriter writer";
    private const string Reader = "ref global::Mdev.Sdk.State.StateReader reader";

    /// <summary>The registers, the members that are wanted, and the inner blocks.</summary>
    public static void WriteBlock(IndentedWriter writer, RegisterBlockModel block)
    {
        if (block.Broken)
            return;
        List<SavedMember> members = [.. Registers(block), .. SplitFields(block), .. block.Saved];

        // A second address and a window lead to what is saved already.
        List<RegisterArrayModel> arrays = [.. block.Arrays.Where(a => !a.IsAlias)];
        if (members.Count == 0 && arrays.Count == 0 && block.Blocks.Count == 0)
            return;

        string layout = Literal.Working(Layout(block, members, arrays), 8);
        WriteMethod(writer, $"void {Interface}.SaveState({Writer})", () =>
        {
            writer.Line($"writer.Begin({layout});");
            foreach (SavedMember member in members)
                WriteSave(writer, member);
            foreach (RegisterArrayModel array in arrays)
                WriteSaveArray(writer, block, array);
            foreach (NestedBlockModel inner in block.Blocks)
                WriteSaveInner(writer, inner);
            writer.Line("writer.End();");
        });
        WriteMethod(writer, $"void {Interface}.LoadState({Reader})", () =>
        {
            writer.Open($"if (reader.Begin({Literal.Text(block.Shell.Name)}, {layout}))");
            WriteNext(writer, members.Exists(NeedsNumber) || arrays.Count > 0);
            foreach (SavedMember member in members)
                WriteLoad(writer, member);
            foreach (RegisterArrayModel array in arrays)
                WriteLoadArray(writer, block, array);
            foreach (NestedBlockModel inner in block.Blocks)
                WriteLoadInner(writer, inner);
            writer.Line("reader.End();");
            writer.Close();
        });
    }

    /// <summary>The members of a device that are wanted; nothing where there are none.</summary>
    public static void WriteDevice(IndentedWriter writer, TypeShell shell, EquatableArray<SavedMember> members)
    {
        if (members.Count == 0)
            return;

        string layout = Literal.Working(Hash(string.Concat(members.Select(Described))), 8);
        WriteMethod(writer, $"protected override void SaveFields({Writer})", () =>
        {
            writer.Line($"writer.Begin({layout});");
            foreach (SavedMember member in members)
                WriteSave(writer, member);
            writer.Line("writer.End();");
        });
        WriteMethod(writer, $"protected override void LoadFields({Reader})", () =>
        {
            writer.Open($"if (reader.Begin({Literal.Text(shell.Name)}, {layout}))");
            WriteNext(writer, members.Any(NeedsNumber));
            foreach (SavedMember member in members)
                WriteLoad(writer, member);
            writer.Line("reader.End();");
            writer.Close();
        });
    }

    // One local for all numbers.
    private static void WriteNext(IndentedWriter writer, bool needed)
    {
        if (needed)
            writer.Line("ulong next;");
    }

    private static void WriteMethod(IndentedWriter writer, string signature, Action body)
    {
        writer.Gap();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Open(signature);
        body();
        writer.Close();
    }
}
