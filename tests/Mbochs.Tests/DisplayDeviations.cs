using System.Globalization;
using Mdev.Sdk.Testing.Traces;

namespace Mbochs.Tests;

/// <summary>Where the samples differ from the kernel's mbochs and mdpy on purpose, and what they do instead.</summary>
internal static class DisplayDeviations
{
    private const uint FrameBuffer = 0;
    private const uint Config = 7;

    // Offsets in config space.
    private const uint Command = 4;
    private const uint Status = 6;
    private const uint Bar0 = 16;
    private const uint Bar2 = 24;
    private const uint InterruptLine = 60;

    private const int CommandWritable = 0x0547;
    private const int CommandAtReset = 0x0003;
    private const int MmioSize = 0x1000;

    private static readonly TraceDeviation[] s_both =
    [
        new("reset flag", "Reset works, so the device says so: \"RESET flag not set although reset works\".", ResetFlag),
        new("ERR and REQ", "QEMU wants ERR with a count of 1.", Notifications),
        new("command register", "\"Command register read-only\": it has the bits that hardware has.", CommandRegister),
        new("interrupt line", "\"Interrupt line read-only on mbochs and mdpy\": it is storage, as on hardware.", InterruptLineRegister),
    ];

    /// <summary>Those of a bridge whose files the kernel does not map, beside a type's.</summary>
    public static IReadOnlyList<TraceDeviation> WithoutMapping { get; } =
    [
        new("no mapping", "Files of the bridge are mapped only by a kernel that can, and for root, and say MMAP only then: docs/bridge.md.", NoMapping),
    ];

    /// <summary>The deviations of a type.</summary>
    public static IReadOnlyList<TraceDeviation> Of(string type)
    {
        (string driver, string size) = type.Split('-') is [var d, var s] ? (d, s) : throw new FormatException($"There is no type {type}.");
        long memory = size switch
        {
            "small" => 4 << 20,
            "medium" => 16 << 20,
            "large" => 64 << 20,
            "vga" => 2 << 20,
            "xga" => 4 << 20,
            _ => 8 << 20,
        };
        (int _, int height, int stride) = size switch
        {
            "vga" => (640, 480, 2560),
            "xga" => (1024, 768, 4096),
            _ => (1920, 1080, 7680),
        };
        TraceDeviation barLowBits = new(
            "BAR low bits", "\"BAR writes keep address bits below the BAR size\": they read 0 (PCI Local Bus 3.0, section 6.2.5.1).",
            (line, wanted, before) => BarLowBits(line, wanted, memory));
        return driver == "mbochs"
            ? [.. s_both, barLowBits, new(
                "region info", "The recorder's argsz was more than mbochs takes: \"any argsz >= 32 is accepted\".",
                (line, wanted, before) => Region(line, wanted, memory))]
            : [.. s_both, barLowBits, new("config size", "Config space has 256 bytes: \"config space is 255 bytes\".", ConfigSize), new(
                "frame buffer by offset", "\"mdpy's slow path ignores the offset and always hits byte 0\": it is memory.",
                (line, wanted, before) => FrameBufferByOffset(line, wanted, before, stride, height))];
    }

    private static string? ResetFlag(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Name == "info" ? wanted.Replace("flags=2 ", "flags=3 ", StringComparison.Ordinal) : null;

    private static string? NoMapping(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Name == "region" ? wanted.Replace("flags=7 ", "flags=3 ", StringComparison.Ordinal) : null;

    private static string? ConfigSize(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Operation == "region 7" && wanted == "flags=3 size=ff" ? "flags=3 size=100" : null;

    private static string? Notifications(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Operation is "irq 3" or "irq 4" ? "flags=9 count=1" : null;

    private static string? CommandRegister(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        EditConfig(line, wanted, (offset, value) =>
        {
            if (offset is < Command or >= Command + 2)
                return value;
            int command = CommandAtReset;
            foreach ((uint at, byte written) in Written(before))
            {
                int shift = (int)(8 * (at - Command));
                if (at is >= Command and < Status)
                    command = (command & ~(CommandWritable & (0xff << shift))) | ((written << shift) & CommandWritable);
            }
            return (byte)(command >> (int)(8 * (offset - Command)));
        });

    private static string? InterruptLineRegister(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        EditConfig(line, wanted, (offset, value) =>
            offset == InterruptLine ? Written(before).LastOrDefault(w => w.Offset == InterruptLine).Value : value);

    private static string? BarLowBits(TraceLine line, string wanted, long memory) =>
        EditConfig(line, wanted, (offset, value) => offset switch
        {
            >= Bar0 and < Bar0 + 4 => Masked(value, offset - Bar0, memory),
            >= Bar2 and < Bar2 + 4 => Masked(value, offset - Bar2, MmioSize),
            _ => value,
        });

    // The low four bits say what kind of BAR it is.
    private static byte Masked(byte value, uint index, long size) => (byte)(value & (byte)((-size | 0xf) >> (int)(8 * index)));

    private static string? Region(TraceLine line, string wanted, long memory)
    {
        if (line.Name != "region" || wanted != "errno=22")
            return null;
        return line.Value(0) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"flags=7 size={memory:x}"),
            2 => "flags=3 size=1000",
            7 => "flags=3 size=100",
            _ => "flags=0 size=0",
        };
    }

    private static string? FrameBufferByOffset(
        TraceLine line, string wanted, IReadOnlyList<TraceLine> before, int stride, int height)
    {
        if (line.Name != "r" || line.Value(0) != FrameBuffer)
            return null;
        byte[] bytes = new byte[line.Value(2)];
        for (uint i = 0; i < bytes.Length; i++)
        {
            uint at = line.Value(1) + i;

            // The grey ramp, and nothing behind the picture.
            bytes[i] = at < (long)stride * height ? (byte)(at / stride * 255 / height) : (byte)0;
            foreach (TraceLine write in before.Where(l => l.Name == "w" && l.Value(0) == FrameBuffer))
            {
                byte[] written = write.Bytes(2);
                if (at >= write.Value(1) && at < write.Value(1) + written.Length)
                    bytes[i] = written[at - write.Value(1)];
            }
        }
        return Convert.ToHexStringLower(bytes);
    }

    private static IEnumerable<(uint Offset, byte Value)> Written(IReadOnlyList<TraceLine> before)
    {
        // A reset would make everything new; there is none in these recordings.
        foreach (TraceLine write in before.Where(l => l.Name == "w" && l.Value(0) == Config))
        {
            byte[] bytes = write.Bytes(2);
            for (uint i = 0; i < bytes.Length; i++)
                yield return (write.Value(1) + i, bytes[i]);
        }
    }

    private static string? EditConfig(TraceLine line, string wanted, Func<uint, byte, byte> edit)
    {
        if (line.Name != "r" || line.Value(0) != Config || wanted.StartsWith("errno", StringComparison.Ordinal))
            return null;
        byte[] bytes = Convert.FromHexString(wanted);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = edit(line.Value(1) + (uint)i, bytes[i]);
        return Convert.ToHexStringLower(bytes);
    }
}
