using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mdev.Sdk.Device;
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
    [InlineData("markdown", "sound.md")]
    [InlineData("c-header", "sound.h")]
    [InlineData("svd", "sound.svd")]
    [InlineData("rdl", "sound.rdl")]
    [InlineData("markdown", "platform.md")]
    [InlineData("rdl", "platform.rdl")]
    [InlineData("markdown", "queue.md")]
    public void The_export_is_the_reviewed_one(string format, string file)
    {
        string path = Path.Combine(Repository.PathOf("tests/Mdev.Sdk.Generators.Tests/Export/Golden"), file), text = Write(format, Path.GetFileNameWithoutExtension(file));
        if (Environment.GetEnvironmentVariable("MDEV_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    [NeedsTheory(Need.Compiler)]
    [InlineData("card", "case CARD_TABLE_AT(3): case CARD_CHANNELS_AT(1): return 1; default: return CARD_TABLE_AT(1 + 1) != 0x108u;")]
    [InlineData("sound", "default: return SOUND_TONES_AT(SOUND_TONES_TREBLE_INDEX) != 0x22u || SOUND_BAR0_DOORBELLS_AT(1) != 0x2008u;")]
    [InlineData("platform", "default: return PLATFORM_REGION0_LETTERS != 0u;")]
    [InlineData("queue", "default: return 0;")]
    public void A_compiler_takes_the_header_without_a_warning(string device, string question)
    {
        string header = Write("c-header", device);
        IEnumerable<string> values = Defined().Matches(header).Select(m => m.Groups[1].Value).Skip(1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mdev-header-");
        File.WriteAllText(Path.Combine(folder.FullName, "card.h"), header);
        File.WriteAllText(Path.Combine(folder.FullName, "card.c"), $$"""
            #include "card.h"
            #include "card.h"
            unsigned long long values[] = { 0, {{string.Join(", ", values)}} };
            int main(void)
            {
                switch (0u) { {{question}} }
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

    [Theory]
    [InlineData("card")]
    [InlineData("sound")]
    public void The_svd_keeps_the_schemas_order_and_its_names(string device)
    {
        var document = XDocument.Parse(Write("svd", device));
        Dictionary<string, string[]> order = new()
        {
            ["device"] = ["name", "version", "description", "addressUnitBits", "width", "peripherals"],
            ["peripheral"] = ["name", "description", "groupName", "baseAddress", "addressBlock", "registers"],
            ["cluster"] = ["dim", "dimIncrement", "dimIndex", "name", "description", "addressOffset", "register", "cluster"],
            ["register"] = ["dim", "dimIncrement", "dimIndex", "name", "description", "alternateRegister", "addressOffset", "size", "access", "resetValue", "resetMask", "modifiedWriteValues", "readAction", "fields"],
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

        Assert.All(document.Descendants("dimIndex"), i => Assert.Matches("^[_0-9a-zA-Z]+(,[_0-9a-zA-Z]+)+$", i.Value));
        foreach (XElement alternate in document.Descendants("alternateRegister"))
            Assert.Contains(alternate.Value, alternate.Parent!.ElementsBeforeSelf().Select(e => e.Element("name")!.Value));
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("queue")]
    public void A_device_without_registers_is_no_svd(string device)
    {
        MdevException refused = Assert.Throws<MdevException>(() => Write("svd", device));
        Assert.Equal($"{device}-1 has no register, and CMSIS-SVD describes nothing else; export it as markdown.", refused.Message);
    }

    [Theory]
    [InlineData("card")]
    [InlineData("sound")]
    [InlineData("platform")]
    public void The_rdl_has_balanced_braces_and_no_two_instances_of_one_name(string device)
    {
        string rdl = Write("rdl", device);
        string bare = Quoted().Replace(Comments().Replace(rdl, ""), "\"\"");
        Assert.Equal(bare.Count(c => c == '{'), bare.Count(c => c == '}'));
        Assert.DoesNotContain('?', bare);
        Assert.All(Names().Matches(bare).Select(m => m.Groups[1].Value), n => Assert.Matches(@"^\\?[_A-Za-z][_A-Za-z0-9]*$", n));
    }

    private static string Write(string format, string name)
    {
        (MdevType type, VfioDevice device) = name switch
        {
            "card" => (new ExportedParent().Types[0], (VfioDevice)new ExportedCard()),
            "sound" => (new SoundParent().Types[0], new SoundCard()),
            "platform" => (new PlatformParent().Types[0], new SoundPlatform()),
            _ => (new QueueParent().Types[0], new SoundCipher()),
        };
        using VfioDevice card = device;
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
