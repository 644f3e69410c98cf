using System.Runtime.InteropServices;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Bridge;

/// <summary>
/// The interrupts that a <see cref="BridgeFolderClient"/> has armed. Their signals go on to the eventfds of whoever armed them: those of an
/// access before it returns, as VFIO has it, and those that come by themselves from a thread that waits for them.
/// </summary>
internal sealed class InterruptFiles : IDisposable
{
    // What is written to an interrupt's file.
    private const ulong Unmask = 1, Disarm = 3;

    private readonly Lock _gate = new();
    private readonly List<InterruptFile> _files = [];

    // Has the thread look at the files anew.
    private readonly EventFd _changed = new();
    private Thread? _thread;
    private bool _ends;

    /// <summary>The file of an interrupt; <see langword="null"/> if it is not armed.</summary>
    public SafeFileHandle? FileOf(uint index, uint vector)
    {
        lock (_gate)
            return Find(index, vector)?.File;
    }

    /// <summary>Takes over the file of an interrupt that was not armed.</summary>
    public void Add(uint index, uint vector, SafeFileHandle file)
    {
        lock (_gate)
        {
            _files.Add(new InterruptFile(index, vector, file));
            if (_thread is null)
            {
                _thread = new Thread(Watch) { IsBackground = true, Name = "bridge interrupts" };
                _thread.Start();
            }
        }
        _changed.Signal();
    }

    /// <summary>Says who gets the signals of an armed interrupt.</summary>
    public void SignalTo(uint index, uint vector, EventFd eventFd)
    {
        lock (_gate)
        {
            // What has happened so far is for whom it was armed before.
            InterruptFile file = Find(index, vector)!;
            PassOn(file);
            file.Trigger = eventFd.Duplicate();
        }
    }

    /// <summary>Says what unmasks an armed interrupt.</summary>
    public void UnmaskBy(uint index, uint vector, EventFd eventFd)
    {
        lock (_gate)
            Find(index, vector)!.Unmask = eventFd.Duplicate();
        _changed.Signal();
    }

    /// <summary>Disarms interrupts.</summary>
    public Errno Close(uint index, uint start, uint count)
    {
        lock (_gate)
        {
            for (int i = _files.Count - 1; i >= 0; i--)
            {
                InterruptFile file = _files[i];
                if (file.Index != index || file.Vector < start || file.Vector - start >= count)
                    continue;
                PassOn(file);
                _files.RemoveAt(i);

                // The kernel tells of a close some time later, and the next call may need the interrupt.
                _ = DeviceFile.TryPut(file.File, Disarm);
                file.Dispose();
            }
        }
        _changed.Signal();
        return Errno.None;
    }

    /// <summary>Passes on what has happened so far; allocates nothing.</summary>
    public void PassOn()
    {
        lock (_gate)
        {
            foreach (InterruptFile file in _files)
                PassOn(file);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _ends, true);
        _changed.Signal();
        _thread?.Join();
        foreach (InterruptFile file in _files)
        {
            _ = DeviceFile.TryPut(file.File, Disarm);
            file.Dispose();
        }
        _files.Clear();
        _changed.Dispose();
    }

    private InterruptFile? Find(uint index, uint vector) => _files.Find(file => file.Index == index && file.Vector == vector);

    private static void PassOn(InterruptFile file)
    {
        if (file.Lost)
            return;
        Errno error = DeviceFile.TryTake(file.File, out ulong signals);
        if (error == Errno.None)
            file.Trigger?.Signal(signals);
        else
            file.Lost = error is not (Errno.EAGAIN or Errno.EINTR);
    }

    private void Watch()
    {
        var waiting = new List<TestLibc.PollFd>();
        while (!Volatile.Read(ref _ends))
        {
            waiting.Clear();
            waiting.Add(Readable(_changed.Handle));
            lock (_gate)
            {
                foreach (InterruptFile file in _files)
                {
                    if (file.Lost)
                        continue;
                    waiting.Add(Readable(file.File));
                    if (file.Unmask is { } unmask)
                        waiting.Add(Readable(unmask.Handle));
                }
            }
            Wait(waiting);
            _changed.Take();
            lock (_gate)
            {
                foreach (InterruptFile file in _files)
                {
                    if (file is { Unmask: { } unmask, Lost: false } && unmask.Take() > 0)
                        _ = DeviceFile.TryPut(file.File, Unmask);
                    PassOn(file);
                }
            }
        }
    }

    private static TestLibc.PollFd Readable(SafeFileHandle file) => new() { fd = (int)file.DangerousGetHandle(), events = TestLibc.POLLIN };

    private static unsafe void Wait(List<TestLibc.PollFd> descriptors)
    {
        fixed (TestLibc.PollFd* first = CollectionsMarshal.AsSpan(descriptors))
            _ = TestLibc.poll(first, (nuint)descriptors.Count, -1);
    }
}
