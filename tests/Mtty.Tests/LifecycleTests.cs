using System.Globalization;
using Mdev.Sdk;
using Mdev.Sdk.Testing.Traces;

namespace Mtty.Tests;

/// <summary>What the kernel's mdev core did with mtty's instances, line by line, against the bus in this process.</summary>
public sealed class LifecycleTests
{
    private readonly MdevBus _bus = new();
    private readonly HashSet<string> _ofOthers = [];

    public LifecycleTests() => _bus.Register(new MttyParent(_ => null));

    public static TheoryData<string> Files => [.. Paths.Traces("lifecycle*.trace")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_about_mtty_gives_what_was_recorded(string path)
    {
        int done = 0;
        foreach (TraceLine line in TraceFile.Read(path).Lines)
        {
            if (ConcernsAnotherDriver(line))
                continue;
            Assert.Equal($"line {line.Number}: {line.Operation} -> {line.Result}",
                $"line {line.Number}: {line.Operation} -> {Do(line)}");
            done++;
        }
        Assert.True(done > 0, $"{path} has no line about mtty.");
    }

    // The instances of other drivers are known by the lines that created them.
    private bool ConcernsAnotherDriver(TraceLine line)
    {
        if (line.Name == "remove")
            return _ofOthers.Contains(line.Text(0));
        if (line.Text(0).StartsWith("mtty-", StringComparison.Ordinal))
            return false;
        Assert.Matches("^(mbochs|mdpy)-", line.Text(0));
        if (line.Name == "create" && line.Result.StartsWith("ok", StringComparison.Ordinal))
            _ofOthers.Add(line.Text(1));
        return true;
    }

    private string Do(TraceLine line)
    {
        try
        {
            return line.Name switch
            {
                "avail" => $"{_bus.FindType(line.Text(0)).AvailableInstances}",
                "ls" => $"{_bus.Instances.Count(i => i.Type.Id == line.Text(0))}",
                "create" => Create(line.Text(0), Unfold(line.Text(1))),
                "remove" => Remove(line.Text(0), Unfold(line.Text(1))),
                _ => throw new FormatException($"There is no operation \"{line.Name}\"."),
            };
        }
        catch (MdevException e)
        {
            return TraceReplay.Describe(e.Error);
        }
    }

    private string Create(string type, string text)
    {
        // A write of no bytes never reaches a driver: that is the file's doing, not mdev's.
        if (text.Length == 0)
            return "ok 0";
        if (!UuidText.TryParse(text, out Guid uuid))
            return TraceReplay.Describe(Errno.EINVAL);
        _bus.Create(_bus.FindType(type), uuid);
        return $"ok {text.Length}";
    }

    private string Remove(string uuid, string text)
    {
        // The file that is written to belongs to the instance and is gone with it. Its number is read by kstrtoul.
        if (_bus.Instances.All(i => i.Uuid != Guid.Parse(uuid)))
            return TraceReplay.Describe(Errno.ENOENT);
        if (!TryParseNumber(text.TrimEnd('\n'), out ulong number))
            return TraceReplay.Describe(Errno.EINVAL);
        if (number != 0)
            _bus.Remove(Guid.Parse(uuid));
        return $"ok {text.Length}";
    }

    private static bool TryParseNumber(string text, out ulong number) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Unfold(string text) => text == "EMPTY" ? "" : text.Replace('~', '\n');
}
