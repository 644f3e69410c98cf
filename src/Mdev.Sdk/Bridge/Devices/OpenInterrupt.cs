using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Interrupts;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An open interrupt file, with an eventfd that the device signals.</summary>
internal sealed unsafe class OpenInterrupt : IFuseHandle
{
    private const ulong Mask = 0, Unmask = 1, Trigger = 2, Disarm = 3;

    private readonly FolderInterrupts _interrupts;
    private readonly CallGuard _guard;
    private readonly SafeFileHandle _eventFd;
    private volatile bool _isLost;

    private OpenInterrupt(FolderInterrupts interrupts, uint index, uint vector, CallGuard guard, SafeFileHandle eventFd) =>
        (_interrupts, Index, Vector, _guard, _eventFd) = (interrupts, index, vector, guard, eventFd);

    public uint Index { get; }

    public uint Vector { get; }

    public SafeFileHandle EventFd => _eventFd;

    /// <summary>Arms an interrupt.</summary>
    /// <exception cref="FuseException">EBUSY: somebody else has it. EMFILE: this process may open no more.</exception>
    public static OpenInterrupt Arm(FolderInterrupts interrupts, uint index, uint vector, CallGuard guard)
    {
        var ours = new SafeFileHandle(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), ownsHandle: true);
        if (ours.IsInvalid)
            throw new FuseException(Errno.EMFILE);
        var devices = new SafeFileHandle(Libc.fcntl((int)ours.DangerousGetHandle(), Libc.F_DUPFD_CLOEXEC, 0), ownsHandle: true);
        var open = new OpenInterrupt(interrupts, index, vector, guard, ours);
        Errno error = devices.IsInvalid ? Errno.EMFILE : interrupts.Arm(open, devices);
        if (error == Errno.None)
            return open;
        ours.Dispose();
        throw new FuseException(error);
    }

    /// <summary>It is not armed any more: somebody else has the interrupt, or its own file has given it back.</summary>
    public void Lose()
    {
        _isLost = true;
        ulong one = 1;
        _ = Libc.write((int)_eventFd.DangerousGetHandle(), &one, sizeof(ulong));
    }

    public int Read(ulong offset, Span<byte> destination)
    {
        if (destination.Length < sizeof(ulong))
            return -(int)Errno.EINVAL;
        if (_isLost)
            return -(int)Errno.EIO;
        ulong count;
        if (Libc.read((int)_eventFd.DangerousGetHandle(), &count, sizeof(ulong)) != sizeof(ulong))
            return CharFile.WouldBlock;
        MemoryMarshal.Write(destination, count);
        return sizeof(ulong);
    }

    public int Write(ulong offset, ReadOnlySpan<byte> source)
    {
        if (source.Length != sizeof(ulong) || MemoryMarshal.Read<ulong>(source) is not (Mask or Unmask or Trigger or Disarm))
            return -(int)Errno.EINVAL;
        if (_isLost)
            return -(int)Errno.EIO;
        if (!_guard.TryEnter(out CallGuard? outer))
            return -(int)Errno.ENODEV;
        try
        {
            Errno error = Do(MemoryMarshal.Read<ulong>(source));
            return error == Errno.None ? source.Length : -(int)error;
        }
        finally
        {
            _guard.Leave(outer);
        }
    }

    private Errno Do(ulong command)
    {
        switch (command)
        {
            case Mask:
                return _interrupts.Do(this, IrqSetFlags.ActionMask);
            case Unmask:
                return _interrupts.Do(this, IrqSetFlags.ActionUnmask);
            case Trigger:
                return _interrupts.Do(this, IrqSetFlags.ActionTrigger);
            default:
                // At once, which a close is not: the kernel tells of it some time after close(2) has returned.
                _interrupts.Disarm(this);
                Lose();
                return Errno.None;
        }
    }

    public PollEvents Poll()
    {
        if (_isLost)
            return PollEvents.Error | PollEvents.HangUp;
        Libc.pollfd polled = new() { fd = (int)_eventFd.DangerousGetHandle(), events = Libc.POLLIN };
        return PollEvents.Out | (Libc.poll(&polled, 1, 0) > 0 ? PollEvents.In : PollEvents.None);
    }

    public void Release()
    {
        _interrupts.Disarm(this);
        _eventFd.Dispose();
    }
}
