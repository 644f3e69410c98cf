using System.Diagnostics;
using Mdev.Bench.Blocks;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Questions;

/// <summary>How fast does a device copy from and to guest memory that the client shares?</summary>
/// <remarks>
/// Beside it a copy between the same buffer and the same file's pages by memcpy alone. All sizes walk through the same 8 MiB, so a small
/// copy meets the caches as a large one does.
/// </remarks>
internal sealed unsafe class DmaCopy : IQuestion
{
    private const ulong Address = 0x1_0000_0000;
    private const int Walk = 8 << 20;

    public string Name => "dma";

    public void Answer(Report report, Settings settings)
    {
        report.Title("DMA");
        using var device = new SignallingDevice();
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        string socket = settings.Place.NewSocket();
        using var server = VfioUserServer.Listen(device, socket);
        using var client = VfioUserClient.Connect(socket);
        using var memory = new SharedMemory(Walk);
        client.MapDma(Address, Walk, memory);

        nint guest = Libc.mmap(null, Walk, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, memory.Descriptor, 0);
        if (guest == -1)
            throw new IOException($"The guest's memory cannot be mapped: {Libc.LastError}.");
        try
        {
            Cpus.PinThisThread(Cpus.Server);
            new Span<byte>((void*)guest, Walk).Fill(1);
            Measure(report, settings, device.Memory, (byte*)guest, 64, "64 bytes");
            Measure(report, settings, device.Memory, (byte*)guest, 4 << 10, "4 KiB");
            Measure(report, settings, device.Memory, (byte*)guest, 64 << 10, "64 KiB");
            Measure(report, settings, device.Memory, (byte*)guest, 1 << 20, "1 MiB");
        }
        finally
        {
            Cpus.UnpinThisThread();
            _ = Libc.munmap((void*)guest, Walk);
        }
    }

    private static void Measure(Report report, Settings settings, GuestMemory memory, byte* guest, int size, string name)
    {
        byte[] buffer = new byte[size];
        Samples[] reads = MeasureWarm(
            settings,
            ("memcpy", () => PerCopy(size, at => new Span<byte>(guest + at, size).CopyTo(buffer))),
            ("TryRead", () => PerCopy(size, at => Demand(memory.TryRead(Address + (ulong)at, buffer)))),
            ("span", () => PerCopy(size, at => ReadBySpan(memory, at, buffer))));
        Samples[] writes = MeasureWarm(
            settings,
            ("memcpy", () => PerCopy(size, at => buffer.CopyTo(new Span<byte>(guest + at, size)))),
            ("TryWrite", () => PerCopy(size, at => Demand(memory.TryWrite(Address + (ulong)at, buffer)))),
            ("span", () => PerCopy(size, at => WriteBySpan(memory, at, buffer))));

        // The smallest is all call and no copy.
        Target? target = size < 4096 ? null : Target.AtMost(1 / 0.9);
        report.Compare($"TryRead, {name}", "ns", reads[1], reads[0], target);
        report.Compare($"read by a span, {name}", "ns", reads[2], reads[0], target);
        report.Compare($"TryWrite, {name}", "ns", writes[1], writes[0], target);
        report.Compare($"written by a span, {name}", "ns", writes[2], writes[0], target);
    }

    // What is measured must be the code as good as it becomes, also of the first and smallest copies.
    private static Samples[] MeasureWarm(Settings settings, params (string Name, Func<double> Measure)[] contenders)
    {
        Interleaved.Run(settings.Rounds(150), contenders);
        return Interleaved.Run(settings.Rounds(150), contenders);
    }

    // A span for each copy: the least of use that a device can make of one.
    private static void ReadBySpan(GuestMemory memory, int at, byte[] buffer)
    {
        Demand(memory.TryMap(Address + (ulong)at, (ulong)buffer.Length, out ReadOnlyGuestSpan span));
        using (span)
            span.Bytes.CopyTo(buffer);
    }

    private static void WriteBySpan(GuestMemory memory, int at, byte[] buffer)
    {
        Demand(memory.TryMap(Address + (ulong)at, (ulong)buffer.Length, DmaAccess.Write, out GuestSpan span));
        using (span)
            buffer.CopyTo(span.Bytes);
    }

    // Nanoseconds.
    private static double PerCopy(int size, Action<int> copy)
    {
        const int Most = 20_000;
        int count = Math.Min(Walk / size, Most);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            copy(i * size);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static void Demand(bool done)
    {
        if (!done)
            throw new InvalidOperationException("A copy was refused.");
    }
}
