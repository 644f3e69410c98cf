using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mdev.Sdk.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>
/// The exported map of a card that has everything, as reviewed: MDEV_UPDATE_SNAPSHOTS=1 rewrites the golden files. Beside that, what each
/// format itself asks for.
/// </summary>
public sealed partial class ExportTests
{
    [Theory]
    [InlineData("markdown", "card.md")]
    [InlineData("c-header", "card.h")]
    [InlineData("svd", "card.svd")]
    [InlineData("rdl", "card.rdl")]
    public void The_export_is_the_reviewed_one(string format, string file)
    {
        string path = Path.Combine(Repository.PathOf("tests/Mdev.Sdk.Generators.Tests/Export/Golden"), file), text = Write(format);
        if (Environment.GetEnvironmentVariable("MDEV_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void A_compiler_takes_the_header_without_a_warning()
    {
        if (!File.Exists("/usr/bin/cc"))
        {
            Console.Error.WriteLine("The header is not compiled: there is no /usr/bin/cc (apt-get install gcc).");
            return;
        }

        string header = Write("c-header");
        IEnumerable<string> values = Defined().Matches(header).Select(m => m.Groups[1].Value).Skip(1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mdev-header-");
        File.WriteAllText(Path.Combine(folder.FullName, "card.h"), header);
        File.WriteAllText(Path.Combine(folder.FullName, "card.c"), $$"""
            #include "card.h"
            #include "card.h"
            unsigned long long values[] = { {{string.Join(", ", values)}} };
            int main(void)
            {
                switch (0u) { case CARD_TABLE_AT(3): case CARD_CHANNELS_AT(1): return 1; default: return CARD_TABLE_AT(1 + 1) != 0x108u; }
            }
            """);
        using Process compiler = Process.Start(new ProcessStartInfo(
            "/usr/bin/cc", ["-Wall", "-Wextra", "-Werror", "-std=c99", "-pedantic", "-o", "card", "card.c"]) { WorkingDirectory = folder.FullName, RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
        using Process program = Process.Start(Path.Combine(folder.FullName, "card"));
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_svd_keeps_the_schemas_order_and_its_names()
    {
        var document = XDocument.Parse(Write("svd"));
        Dictionary<string, string[]> order = new()
        {
            ["device"] = ["name", "version", "description", "addressUnitBits", "width", "peripherals"],
            ["peripheral"] = ["name", "description", "groupName", "baseAddress", "addressBlock", "registers"],
            ["cluster"] = ["dim", "dimIncrement", "name", "description", "addressOffset", "register", "cluster"],
            ["register"] = ["dim", "dimIncrement", "name", "description", "alternateRegister", "addressOffset", "size", "access", "resetValue", "resetMask", "modifiedWriteValues", "readAction", "fields"],
            ["field"] = ["name", "description", "bitOffset", "bitWidth", "access", "modifiedWriteValues", "readAction", "enumeratedValues"],
            ["enumeratedValue"] = ["name", "description", "value"],
        };
        foreach (XElement element in document.Descendants().Where(e => order.ContainsKey(e.Name.LocalName)))
        {
            int[] places = [.. element.Elements().Select(e => Array.IndexOf(order[element.Name.LocalName], e.Name.LocalName))];
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }

        Assert.All(document.Descendants("name"), n => Assert.Matches(@"^[_A-Za-z][_A-Za-z0-9]*(\[%s\]|%s)?$", n.Value));
        Assert.All(document.Descendants("description"), d => Assert.NotEmpty(d.Value));
        foreach (XElement scope in document.Descendants().Where(e => e.Name.LocalName is "registers" or "cluster" or "fields" or "peripherals"))
        {
            string[] names = [.. scope.Elements().Select(e => e.Element("name")?.Value).OfType<string>()];
            Assert.NotEmpty(names);
            Assert.Equal(names.Distinct(), names);
        }

        foreach (XElement alternate in document.Descendants("alternateRegister"))
            Assert.Contains(alternate.Value, alternate.Parent!.ElementsBeforeSelf().Select(e => e.Element("name")!.Value));
    }

    [Fact]
    public void The_rdl_has_balanced_braces_and_no_two_instances_of_one_name()
    {
        string rdl = Write("rdl");
        string bare = Quoted().Replace(Comments().Replace(rdl, ""), "\"\"");
        Assert.Equal(bare.Count(c => c == '{'), bare.Count(c => c == '}'));
        Assert.DoesNotContain('?', bare);
        Assert.All(Names().Matches(bare).Select(m => m.Groups[1].Value), n => Assert.Matches(@"^\\?[_A-Za-z][_A-Za-z0-9]*$", n));
    }

    private static string Write(string format)
    {
        MdevType type = new ExportedParent().Types[0];
        using var card = new ExportedCard();
        card.Realize(Guid.Empty, NullLogger.Instance);
        using var text = new StringWriter();
        ExportFormat as_ = format switch { "markdown" => ExportFormat.Markdown, "c-header" => ExportFormat.CHeader, "svd" => ExportFormat.Svd, _ => ExportFormat.Rdl };
        DeviceExport.Write(card, type, as_, text);
        return text.ToString();
    }

    [GeneratedRegex(@"^#define (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex("//.*")]
    private static partial Regex Comments();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\} (\S+?)(\[[^\]]*\])? @")]
    private static partial Regex Names();
}
