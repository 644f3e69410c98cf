using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints how an index and data pair finds what its index says.</summary>
internal static class WindowEmitter
{
    private const string Interface = "global::Mdev.Sdk.Registers.IRegisterBlock";

    /// <summary>Before the access of a register: which of the array it is, if it is a window.</summary>
    public static void WriteAt(IndentedWriter writer, RegisterModel register)
    {
        if (register.Window is { } window)
            writer.Line($"int at = (int){window.Number};");
    }

    /// <summary>After a guest's access of a register: the index counts up, if it is that of a window that does.</summary>
    public static void WriteNext(IndentedWriter writer, RegisterModel register)
    {
        if (register.Window?.Next is { } next)
            writer.Line(next);
    }

    /// <summary>The part of a lane method that is for windows of inner blocks, before its switch.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="block">The outer block.</param>
    /// <param name="method">TryReadLane and its kin.</param>
    /// <param name="arguments">What follows the offset: <c>value, enabled</c>, or <c>enabled, out value</c>.</param>
    /// <param name="counts">Whether it is a guest's access, which counts an index up.</param>
    public static void WriteLanes(IndentedWriter writer, RegisterBlockModel block, string method, string arguments, bool counts)
    {
        foreach ((NestedBlockModel inner, BlockWindowModel window) in WindowsOf(block))
        {
            WriteWindow(writer, block, inner, window, $"offset == {Literal.Offset(window.Offset)}", at =>
            {
                if (arguments.Contains("out "))
                    writer.Line("value = 0;");
                string found = $"{window.Window.IsMet} && {NestedBlockEmitter.Found(inner)} && (({Interface})inner).{method}({at}, {arguments})";
                if (!counts || window.Window.Next is not { } next)
                {
                    writer.Line($"return {found};");
                    return;
                }

                writer.Line($"bool found = {found};");
                writer.Open("if (found)");
                writer.Line(next);
                writer.Close();
                writer.Line("return found;");
            });
        }
    }

    public static void WriteNames(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach ((NestedBlockModel inner, BlockWindowModel window) in WindowsOf(block))
        {
            string offset = Literal.Offset(window.Offset);
            WriteWindow(writer, block, inner, window, $"offset - {offset}u < {Literal.Number(block.Bus)}u", at =>
                writer.Line($"return {window.Window.IsMet} && {NestedBlockEmitter.Found(inner)} && (({Interface})inner).NameAt({at} + offset - {offset}u, write) is {{ }} name ? $\"{NestedBlockEmitter.Prefix(inner)}.{{name}}\" : null;"));
        }
    }

    private static IEnumerable<(NestedBlockModel Inner, BlockWindowModel Window)> WindowsOf(RegisterBlockModel block) =>
        block.Blocks.SelectMany(b => b.Windows.Select(w => (b, w)));

    private static void WriteWindow(
        IndentedWriter writer, RegisterBlockModel block, NestedBlockModel inner, BlockWindowModel window, string inside, Action<string> body)
    {
        IEnumerable<string> asked = window.Conditions.Select(c => c.Wanted ? c.Expression : "!" + c.Expression);
        string bytes = $"{window.Window.Number} * {Literal.Offset(window.Scale)}u", stride = Literal.Offset(inner.Stride);
        writer.Open($"if ({string.Join(" && ", asked.Prepend(inside))}) // {Literal.Comment(inner.Name)}");

        // Bytes within a lane are those of the access.
        string whole = window.Scale % block.Bus == 0 ? "" : $" & ~{Literal.Offset((uint)block.Bus - 1)}u";
        writer.Line($"uint reached = (uint)({bytes}){whole};");
        if (inner.IsArray)
            writer.Line($"uint index = reached / {stride}u;");
        body(inner.IsArray ? $"reached % {stride}u" : "reached");
        writer.Close();
        writer.Line();
    }
}
