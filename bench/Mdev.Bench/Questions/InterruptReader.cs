using System.Diagnostics;
using Mdev.Bench.Measuring;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Questions;

/// <summary>A thread on a core that sleeps on an eventfd, as a hypervisor's does, and says when it was woken.</summary>
internal sealed class InterruptReader : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly EventFd _interrupt;
    private readonly EventFd _taken = new();
    private readonly Thread _thread;
    private long _woken;
    private volatile bool _ended;

    public InterruptReader(EventFd interrupt, int cpu)
    {
        _interrupt = interrupt;
        _thread = new Thread(() => Run(cpu)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The median of some signals, in microseconds from before the call of <paramref name="signal"/>.</summary>
    public double MedianLatency(Action signal, int count)
    {
        var ticks = new long[count];
        for (int i = 0; i < count; i++)
        {
            long before = Stopwatch.GetTimestamp();
            signal();
            if (!_taken.Wait(s_patience))
                throw new InvalidOperationException("A signal did not arrive.");
            _taken.Take();
            ticks[i] = Volatile.Read(ref _woken) - before;
        }
        Array.Sort(ticks);
        return ticks[count / 2] * 1e6 / Stopwatch.Frequency;
    }

    public void Dispose()
    {
        _ended = true;
        _interrupt.Signal();
        _thread.Join();
        _interrupt.Take();
        _taken.Dispose();
    }

    private void Run(int cpu)
    {
        Cpus.PinThisThread(cpu);
        while (true)
        {
            if (!_interrupt.Wait(s_patience))
                continue;
            Volatile.Write(ref _woken, Stopwatch.GetTimestamp());
            if (_ended)
                return;
            _interrupt.Take();
            _taken.Signal();
        }
    }
}
