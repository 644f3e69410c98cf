using System.Globalization;
using Mdev.Sdk.Testing.Traces;

namespace Mtty.Tests;

/// <summary>Where the sample differs from the kernel's mtty on purpose, and what it does instead.</summary>
/// <remarks>In everything else the sample is kernel-exact, odd as it may look: see "Quirk" in Uart16550.</remarks>
internal static class MttyDeviations
{
    private const uint Config = 7;

    // Offsets in config space.
    private const uint Command = 4;
    private const uint Bar0 = 16;
    private const uint Bar1 = 20;
    private const uint InterruptLine = 60;

    private const int CommandWritable = 0x0547;
    private const int CommandAtReset = 0x0001;

    // RBR, IER, IIR, LCR, MCR, LSR, MSR, SCR of a port on which nothing has happened: mtty.c, mdev_access and its defaults.
    private static readonly string[] s_freshPort = ["00", "00", "c1", "00", "00", "60", "b3", "00"];

    public static IReadOnlyList<TraceDeviation> All { get; } =
    [
        new("reset flag", "Reset works, so the device says so: \"RESET flag not set although reset works\".", ResetFlag),
        new("absent regions", "A region that is not there can be neither read nor written: \"absent regions are reported with flags=3 size=0\".", AbsentRegion),
        new("config size", "Config space has 256 bytes: \"config space is 255 bytes\".", ConfigSize),
        new("MSI-X", "An index below irqs= has an answer: \"irqs=5, but mtty refuses indices 2-4\".", NoMsiX),
        new("ERR and REQ", "QEMU wants ERR with a count of 1: \"irqs=5, but mtty refuses indices 2-4\".", Notifications),
        new("real reset", "\"reset leaves the UART and the config space untouched\": a reset resets.", RealReset),
        new("command register", "\"Command register read-only\": it has the bits that hardware has.", CommandRegister),
        new("BAR low bits", "\"BAR writes keep address bits below the BAR size\": they read 0 (PCI Local Bus 3.0, section 6.2.5.1).", BarLowBits),
    ];

    private static string? ResetFlag(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Name == "info" ? wanted.Replace("flags=2 ", "flags=3 ", StringComparison.Ordinal) : null;

    private static string? AbsentRegion(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Name == "region" && wanted == "flags=3 size=0" ? "flags=0 size=0" : null;

    private static string? ConfigSize(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Operation == "region 7" && wanted == "flags=3 size=ff" ? "flags=3 size=100" : null;

    private static string? NoMsiX(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Operation == "irq 2" && wanted == "errno=22" ? "flags=0 count=0" : null;

    private static string? Notifications(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Operation is "irq 3" or "irq 4" && wanted == "errno=22" ? "flags=9 count=1" : null;

    // After a reset, what nothing has written since reads as on a fresh device.
    private static string? RealReset(TraceLine line, string wanted, IReadOnlyList<TraceLine> before)
    {
        if (line.Name != "r" || !before.Any(l => l.Name == "reset"))
            return null;

        TraceLine[] writes = [.. SinceReset(before).Where(l => l.Name == "w" && l.Value(0) == line.Value(0))];
        if (line.Value(0) < 2)
            return writes.Length == 0 && line.Value(2) == 1 ? s_freshPort[line.Value(1)] : null;
        if (line.Value(0) != Config)
            return null;

        return Edit(line, wanted, (offset, value) =>
        {
            bool isBar = offset is >= Bar0 and < Bar1 + 4;
            if ((!isBar && offset != InterruptLine) || writes.Any(w => Covers(w, offset)))
                return value;

            // The type bit of a BAR, where there is one, is what no write can change.
            return (byte)(offset is Bar0 or Bar1 ? value & 1 : 0);
        });
    }

    private static string? CommandRegister(TraceLine line, string wanted, IReadOnlyList<TraceLine> before)
    {
        if (line.Name != "r" || line.Value(0) != Config)
            return null;

        int command = CommandAtReset;
        foreach (TraceLine write in SinceReset(before).Where(l => l.Name == "w" && l.Value(0) == Config))
        {
            byte[] bytes = write.Bytes(2);
            for (uint i = 0; i < 2; i++)
            {
                if (!Covers(write, Command + i))
                    continue;
                int mask = CommandWritable & (0xff << (int)(8 * i));
                command = (command & ~mask) | ((bytes[Command + i - write.Value(1)] << (int)(8 * i)) & mask);
            }
        }
        return Edit(line, wanted, (offset, value) => offset switch
        {
            Command => (byte)command,
            Command + 1 => (byte)(command >> 8),
            _ => value,
        });
    }

    // Eight ports: bits 1 and 2 lie below the size. Bit 0 says that they are ports.
    private static string? BarLowBits(TraceLine line, string wanted, IReadOnlyList<TraceLine> before) =>
        line.Name == "r" && line.Value(0) == Config
            ? Edit(line, wanted, (offset, value) => (byte)(offset is Bar0 or Bar1 ? value & ~0x06 : value))
            : null;

    private static IEnumerable<TraceLine> SinceReset(IReadOnlyList<TraceLine> before) =>
        before.Reverse().TakeWhile(l => l.Name != "reset").Reverse();

    private static bool Covers(TraceLine write, uint offset) =>
        offset >= write.Value(1) && offset < write.Value(1) + (write.Text(2).Length / 2);

    private static string? Edit(TraceLine line, string wanted, Func<uint, byte, byte> edit)
    {
        if (wanted.StartsWith("errno", StringComparison.Ordinal))
            return null;
        byte[] bytes = Convert.FromHexString(wanted);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = edit(line.Value(1) + (uint)i, bytes[i]);
        return Convert.ToHexString(bytes).ToLower(CultureInfo.InvariantCulture);
    }
}
