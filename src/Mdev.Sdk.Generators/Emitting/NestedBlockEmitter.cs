using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints how a block hands what concerns an inner block on to it.</summary>
internal static class NestedBlockEmitter
{
    private const string Interface = "global::Mdev.Sdk.Registers.IRegisterBlock";

    /// <summary>The part of a lane method that is for inner blocks, before its switch.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="blocks">The inner blocks.</param>
    /// <param name="method">TryReadLane and its kin.</param>
    /// <param name="arguments">What follows the offset: <c>value, enabled</c>, or <c>enabled, out value</c>.</param>
    public static void WriteLanes(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks, string method, string arguments)
    {
        foreach (NestedBlockModel block in blocks.Where(b => b.IsPlaced))
        {
            WriteRange(writer, block, at =>
            {
                if (arguments.Contains("out "))
                    writer.Line("value = 0;");
                writer.Line($"return {Found(block)} && (({Interface})inner).{method}({at}, {arguments});");
            });
        }
    }

    public static void WriteNames(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks)
    {
        foreach (NestedBlockModel block in blocks.Where(b => b.IsPlaced))
        {
            string prefix = Prefix(block);
            WriteRange(writer, block, at =>
                writer.Line($"return {Found(block)} && (({Interface})inner).NameAt({at}, write) is {{ }} name ? $\"{prefix}.{{name}}\" : null;"));
        }
    }

    public static void WriteResets(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks) =>
        WriteEach(writer, blocks, () => writer.Line($"(({Interface})inner).Reset(kind);"));

    /// <summary>Inner blocks end before the one around them, which may be what they were made from.</summary>
    public static void WriteEnds(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks)
    {
        WriteEach(writer, blocks, () => writer.Line($"(({Interface})inner).End();"));
        writer.Line("((object)this as global::System.IDisposable)?.Dispose();");
    }

    /// <summary>The block's own first, then those of the inner blocks: nodes are counted in that order.</summary>
    public static void WriteCharDevices(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks)
    {
        writer.Line("if ((object)this is global::Mdev.Sdk.ICharDevice own)");
        writer.Continued("found(own);");
        writer.Line();
        WriteEach(writer, blocks, () => writer.Line($"(({Interface})inner).FindCharDevices(found);"));
    }

    public static void WriteWatches(IndentedWriter writer, IEnumerable<NestedBlockModel> blocks)
    {
        foreach (NestedBlockModel block in blocks)
        {
            string at = $"origin + {Literal.Offset(block.Offset)}u" + (block.IsArray ? $" + ((uint)index * {Literal.Offset(block.Stride)}u)" : "");
            WriteEach(writer, [block], () => writer.Line($"(({Interface})inner).Watch(watch, {at});"));
        }
    }

    private static void WriteEach(
        IndentedWriter writer, IEnumerable<NestedBlockModel> blocks, Action body)
    {
        foreach (NestedBlockModel block in blocks)
        {
            if (block.IsArray)
                writer.Open($"for (int index = 0; index < {Length(block)}; index++)");
            else
                writer.Open();
            writer.Open($"if ({block.Property}{(block.IsArray ? "[index]" : "")} is {{ }} inner)");
            body();
            writer.Close();
            writer.Close();
            writer.Line();
        }
    }

    private static void WriteRange(IndentedWriter writer, NestedBlockModel block, Action<string> body)
    {
        string first = Literal.Offset(block.Offset), stride = Literal.Offset(block.Stride);
        string asked = string.Concat(block.Conditions.Select(c => $" && {(c.Wanted ? "" : "!")}{c.Expression}"));
        writer.Open($"if (offset - {first}u < {Literal.Offset((uint)block.Span)}u{asked}) // {Literal.Comment(block.Name)}");
        if (block.IsArray)
            writer.Line($"uint index = (offset - {first}u) / {stride}u;");
        body(block.IsArray ? $"(offset - {first}u) % {stride}u" : $"offset - {first}u");
        writer.Close();
        writer.Line();
    }

    /// <summary>What stands before the names of its registers, in generated code.</summary>
    public static string Prefix(NestedBlockModel block) => block.IsArray ? $"{block.Name}[{{index}}]" : block.Name;

    // A place may be empty: a device of this type has fewer.
    public static string Found(NestedBlockModel block) => block.IsArray
        ? $"index < (uint){block.Property}.Length && {block.Property}[index] is {{ }} inner"
        : $"{block.Property} is {{ }} inner";

    // No more than there are places: what a longer array has beyond them is not reachable.
    private static string Length(NestedBlockModel block) =>
        $"global::System.Math.Min({block.Property}.Length, {Literal.Number(block.Count)})";
}
