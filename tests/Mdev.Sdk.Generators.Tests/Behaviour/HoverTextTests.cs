using System.Text;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>What an editor shows of a type: the author's summary, and the map beside it.</summary>
public sealed class HoverTextTests
{
    private const string Source = """
        /// <summary>Written by its author.</summary>
        /// <param name="one">A parameter.</param>
        /// <remarks>And this.</remarks>
        [RegisterBlock(0x10)] public sealed partial class Block(int one)
        {
            /// <summary>The first of two.</summary>
            [Register(0, Reset = 0x2a)] public partial uint First { get; set; }
            [RegisterArray(4, 2)] public partial RegisterArray<uint> Rest { get; }

            /// <summary>One.</summary>
            public int One => one;
        }

        /// <summary>Fields of its author.</summary>
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            /// <summary>Whether it is on.</summary>
            [Bits(3, 2, Access = Access.RO)] public partial byte On { readonly get; set; }
        }
        """;

    [Fact]
    public void A_block_shows_its_authors_words_and_its_registers()
    {
        string text = DocumentationOf("Block", Source);
        Assert.Contains("<summary>Written by its author.</summary>", text, StringComparison.Ordinal);
        Assert.Contains("<param name=\"one\">A parameter.</param>", text, StringComparison.Ordinal);
        Assert.Contains("<remarks>And this.</remarks>", text, StringComparison.Ordinal);
        Assert.Contains("0x00    32    First     RW      0x0000002a  The first of two.", text, StringComparison.Ordinal);
        Assert.Contains("0x04    32    Rest[2]   RW      0x00000000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_shows_its_fields()
    {
        string text = DocumentationOf("Fields", Source);
        Assert.Contains("<summary>Fields of its author.</summary>", text, StringComparison.Ordinal);
        Assert.Contains("3:2   On     RO      Whether it is on.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_bits_windows_and_conditions_are_in_the_tables()
    {
        const string Unusual = """
            [RegisterBlock(0x20)] public sealed partial class Block
            {
                private bool Open => true;
                [Register(0x00)] public partial byte Index { get; set; }
                [RegisterArray(Count = 4), IndexData(nameof(Index), 0x01, AutoIncrement = true)] public partial RegisterArray<byte> Hidden { get; }
                [Register(0x04, When = nameof(Index), Is = 0x10), Unimplemented("No timer")] public partial uint Timer { get; set; }
                [RegisterArray(0x08, 2, Resets = [1, 2])] public partial RegisterArray<byte> Two { get; }
            }

            [BitFields(AccessWidth.Byte), Reserved(7, 6, Value = 2)] public partial struct Fields
            {
                [Bits(3, 2), Unimplemented("No mode")] public partial byte Mode { readonly get; set; }
            }
            """;
        string block = DocumentationOf("Block", Unusual), fields = DocumentationOf("Fields", Unusual);
        Assert.Contains("0x01    8     Hidden[Index]  RW                  the one that Index says, which counts up", block, StringComparison.Ordinal);
        Assert.Contains("        8     Hidden[4]      RW      0x00", block, StringComparison.Ordinal);
        Assert.Contains("when Index is 0x10; not implemented: No timer", block, StringComparison.Ordinal);
        Assert.Contains("Two[2]         RW      each", block, StringComparison.Ordinal);
        Assert.Contains("7:6", fields, StringComparison.Ordinal);
        Assert.Contains("reserved, write 0x2", fields, StringComparison.Ordinal);
        Assert.Contains("Mode   not implemented: No mode", fields, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_table_ends_with_how_many_more_there_are()
    {
        var source = new StringBuilder("[RegisterBlock(0x400)] public sealed partial class Block {\n");
        for (int i = 0; i < 70; i++)
            source.Append($"    [Register(0x{4 * i:x})] public partial uint R{i} {{ get; set; }}\n");
        string text = DocumentationOf("Block", source.Append('}').ToString());
        Assert.Contains(" R63 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" R64 ", text, StringComparison.Ordinal);
        Assert.Contains("and 6 more registers", text, StringComparison.Ordinal);
    }

    private static string DocumentationOf(string type, string source)
    {
        Compilation compilation = Compiler.Generate(Compiler.Create(source), out _);

        // As with GenerateDocumentationFile: nothing is suppressed.
        compilation = compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithSpecificDiagnosticOptions([]));
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS1591"));
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
        return compilation.GetTypeByMetadataName(type)!.GetDocumentationCommentXml()!;
    }
}
