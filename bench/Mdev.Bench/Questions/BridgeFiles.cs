using System.Diagnostics;
using Mdev.Bench.Blocks;
using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>What does it cost that a region, an interrupt, a character device is a file of this process?</summary>
/// <remarks>
/// The floor is a mount of its own, whose process reads requests and writes canned replies: it has no device, no other file, nobody who
/// could wake its thread, and of 64 KiB no memory to copy from.
/// </remarks>
internal sealed class BridgeFiles : IQuestion
{
    private const int InOneRound = 300, Large = 0x10000;

    public string Name => "bridge";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Files of the bridge, by FUSE");
        using ServerProcess floor = ServerProcess.Start(Serving.FuseFloor, settings.Place);
        using ServerProcess ours = ServerProcess.Start(Serving.Bridge, settings.Place);
        try
        {
            Compare(report, settings, floor, ours);
        }
        finally
        {
            Cpus.UnpinThisThread();
        }
        CountBytes(report, settings, ours);
    }

    private static void Compare(Report report, Settings settings, ServerProcess floor, ServerProcess ours)
    {
        using var canned = new FileClient(Path.Join(floor.Socket, "file"));
        using var register = new FileClient(Path.Join(ours.Socket, ServedBridge.Register));
        using var memory = new FileClient(Path.Join(ours.Socket, ServedBridge.Memory));
        foreach (FileClient client in new[] { canned, register, memory })
            Warm(client);
        floor.Pin(Cpus.Server);
        ours.Pin(Cpus.Server);
        foreach (Sitting sitting in Sitting.All)
        {
            Cpus.PinThisThread(sitting.ClientCpu);
            Time("read, 1 byte", register, static file => file.ReadAt(0x40, 1), Target.AtMost(1.3));
            Time("write, 1 byte", register, static file => file.WriteAt(0x40, 1), Target.AtMost(1.3));
            Rate("read, 64 KiB of memory", static file => file.ReadAt(0, Large), Target.AtLeast(0.9));
            Rate("write, 64 KiB of memory", static file => file.WriteAt(0, Large), null);

            void Time(string what, FileClient file, Action<FileClient> access, Target target)
            {
                Samples[] samples = Interleaved.Run(settings.Rounds(150),
                    ("floor", () => canned.MedianOf(access, InOneRound)), ("ours", () => file.MedianOf(access, InOneRound)));
                report.Compare($"{what}, {sitting.Name}", "us", samples[1], samples[0], target);
            }

            void Rate(string what, Action<FileClient> access, Target? target)
            {
                Samples[] samples = Interleaved.Run(settings.Rounds(150),
                    ("floor", () => Large / canned.MedianOf(access, InOneRound / 5)), ("ours", () => Large / memory.MedianOf(access, InOneRound / 5)));
                report.Compare($"{what}, {sitting.Name}", "MB/s", samples[1], samples[0], target);
            }
        }
    }

    private static void Warm(FileClient client)
    {
        var watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 1500)
        {
            client.MedianOf(static file => file.ReadAt(0x40, 1), InOneRound);
            client.MedianOf(static file => file.WriteAt(0x40, 1), InOneRound);
        }
    }

    // As MessageAllocation does: what a process allocates besides shows up in one of the runs and not in the others.
    private static void CountBytes(Report report, Settings settings, ServerProcess server)
    {
        int passes = settings.Rounds(5000);
        using var register = new FileClient(Path.Join(server.Socket, ServedBridge.Register));
        using var memory = new FileClient(Path.Join(server.Socket, ServedBridge.Memory));
        using var interrupt = new FileClient(Path.Join(server.Socket, ServedBridge.Interrupt));
        using var echo = new FileClient(Path.Join(server.Socket, ServedBridge.Echo));
        Count("region files, 1 byte to 64 KiB, per request", 4, () =>
        {
            register.ReadAt(0x40, 1);
            register.WriteAt(0x40, 4);
            memory.ReadAt(0, Large);
            memory.WriteAt(0, Large);
        });
        Count("interrupt files: trigger, take, per request", 2, () =>
        {
            interrupt.Write(2, sizeof(ulong));
            interrupt.Read(sizeof(ulong));
        });
        Count("character device: write, read, poll, ioctl, per request", 4, () =>
        {
            echo.Write(0, 8);
            echo.Read(8);
            echo.Poll();
            echo.Control(EchoCharDevice.AddOne);
        });
        CountWaiting();

        void Count(string what, int requests, Action pass)
        {
            const int Runs = 5;
            var bytes = new long[Runs + 1];
            for (int run = 0; run <= Runs; run++)
            {
                long before = server.AllocatedBytes();
                for (int i = 0; i < passes; i++)
                    pass();
                bytes[run] = server.AllocatedBytes() - before;
            }
            report.State(what, (double)bytes[1..].Min() / ((long)passes * requests), "B", Target.AtMost(0));
        }

        // A reader that is about to wait, or does, each time that somebody writes.
        void CountWaiting()
        {
            using var reading = new FileClient(Path.Join(server.Socket, ServedBridge.Echo));
            using var turn = new SemaphoreSlim(0);
            using var done = new SemaphoreSlim(0);
            bool ended = false;
            var reader = new Thread(() =>
            {
                for (turn.Wait(); !Volatile.Read(ref ended); turn.Wait())
                {
                    reading.Read(1);
                    done.Release();
                }
            });
            reader.Start();
            Count("character device: a read that waits and is woken", 2, () =>
            {
                turn.Release();
                Thread.Yield();
                echo.Write(0, 1);
                done.Wait();
            });
            Volatile.Write(ref ended, true);
            turn.Release();
            reader.Join();
        }
    }
}
