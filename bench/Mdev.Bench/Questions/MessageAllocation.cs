using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;
using Mdev.Sdk;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Questions;

/// <summary>How many bytes does the whole server path allocate per message, once it is warm?</summary>
/// <remarks>
/// The server is a process in which nothing else happens, asked before and after for all that was ever allocated in it, to
/// the byte and on all threads. What it allocates besides, the runtime's own or once per connection, would show up in one
/// of the runs and not in the others; the figure is the least of them, and the most is said too.
/// </remarks>
internal sealed class MessageAllocation : IQuestion
{
    private const int ConfigRegion = 7;

    public string Name => "allocation";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Allocation of the whole server path");
        int passes = settings.Rounds(5000);
        long messages = Measure(settings, Serving.Device, passes, DriveRegisters, report, "register reads, writes, posted writes");
        messages += Measure(settings, Serving.Memory, passes / 10, DriveMemory, report, "transfers of 1 byte to 1 MiB");
        report.Note($"  {messages:#,0} messages in all");
    }

    private static long Measure(
        Settings settings, string mode, int passes, Func<VfioUserClient, byte[], int> drive, Report report, string what)
    {
        const int Runs = 5;
        using ServerProcess server = ServerProcess.Start(mode, settings.Place);
        using VfioUserClient client = VfioUserClient.Connect(server.Socket);
        byte[] buffer = new byte[1 << 20];

        // One run unmeasured: buffers grow, code is compiled.
        int messages = 0;
        var bytes = new long[Runs + 1];
        for (int run = 0; run <= Runs; run++)
        {
            messages = 0;
            long before = server.AllocatedBytes();
            for (int pass = 0; pass < passes; pass++)
                messages += drive(client, buffer);
            bytes[run] = server.AllocatedBytes() - before;
        }

        long[] measured = bytes[1..];
        report.State($"{what}, per message", (double)measured.Min() / messages, "B", Target.AtMost(0));
        if (measured.Max() != 0)
            report.Note($"  bytes in {Runs} runs of {messages:#,0} messages: {string.Join(", ", measured)}");
        return (long)messages * Runs;
    }

    // All that a guest does to registers, the refused included. Returns the number of messages.
    private static int DriveRegisters(VfioUserClient client, byte[] buffer)
    {
        int messages = 0;
        for (int size = 1; size <= 64; size *= 2, messages += 3)
        {
            Expect(client.TryReadRegion(0, 0x40, buffer.AsSpan(0, size)), Errno.None);
            Expect(client.TryWriteRegion(0, 0x40, buffer.AsSpan(0, size)), Errno.None);
            client.PostWriteRegion(0, 0x40, buffer.AsSpan(0, size));
        }
        for (uint offset = 0; offset < 8; offset++, messages += 3)
        {
            Expect(client.TryReadRegion(1, offset, buffer.AsSpan(0, 1)), Errno.None);
            Expect(client.TryWriteRegion(1, offset, buffer.AsSpan(0, 1)), Errno.None);
            client.PostWriteRegion(1, offset, buffer.AsSpan(0, 1));
        }
        Expect(client.TryReadRegion(ConfigRegion, 0, buffer.AsSpan(0, 4)), Errno.None);
        Expect(client.TryReadRegion(0, 0x1000_0000, buffer.AsSpan(0, 4)), Errno.EINVAL);
        return messages + 2;
    }

    private static int DriveMemory(VfioUserClient client, byte[] buffer)
    {
        int messages = 0;
        for (int size = 1; size <= 1 << 20; size *= 16, messages += 3)
        {
            Expect(client.TryReadRegion(0, 0, buffer.AsSpan(0, size)), Errno.None);
            Expect(client.TryWriteRegion(0, 0, buffer.AsSpan(0, size)), Errno.None);
            client.PostWriteRegion(0, 0, buffer.AsSpan(0, size));
        }
        return messages;
    }

    private static void Expect(Errno result, Errno expected)
    {
        if (result != expected)
            throw new InvalidOperationException($"An access was answered with {result} instead of {expected}.");
    }
}
