using System.Runtime.CompilerServices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>
/// An open character device. Its handlers run as a guest's access does: on the device's lock, as long as the device is there, and what
/// they throw is logged and counted.
/// </summary>
internal sealed class OpenCharDevice : IFuseHandle
{
    private readonly VfioDevice _device;
    private readonly ICharDevice _charDevice;
    private readonly CallGuard _guard;
    private readonly CharFile _file;
    private readonly Action _wake;
    private bool _wakesLater;

    private OpenCharDevice(VfioDevice device, ICharDevice charDevice, CallGuard guard, FuseCaller caller)
    {
        (_device, _charDevice, _guard) = (device, charDevice, guard);
        _file = new CharFile(caller.Flags, caller.Process, caller.User);
        _wake = WakeUp;
    }

    private delegate int Call<TArgument>(OpenCharDevice self, ref TArgument argument) where TArgument : allows ref struct;

    public WaitQueueHead Queue => _charDevice.Queue;

    public bool WritesAtOnce => (_charDevice.Asynchronous & CharOperations.Write) == 0;

    /// <summary>Opens it.</summary>
    /// <exception cref="FuseException">The vendor's handler refuses, or the device has gone.</exception>
    public static OpenCharDevice Open(VfioDevice device, ICharDevice charDevice, CallGuard guard, FuseCaller caller)
    {
        var open = new OpenCharDevice(device, charDevice, guard, caller);
        int nothing = 0;
        int result = open.Run(static (self, ref _) => self._charDevice.Open(self._file), ref nothing, whileStopped: true);
        return result >= 0 ? open : throw new FuseException((Errno)(-result));
    }

    public bool ReadsAtOnce(ulong offset) => (_charDevice.Asynchronous & CharOperations.Read) == 0;

    public void SetFlags(uint flags) => _file.Flags = flags;

    public int Read(ulong offset, Span<byte> destination) =>
        Run(static (self, ref bytes) => self._charDevice.Read(self._file, bytes), ref destination);

    public int Write(ulong offset, ReadOnlySpan<byte> source) =>
        Run(static (self, ref bytes) => self._charDevice.Write(self._file, bytes), ref source);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(ulong offset, Memory<byte> destination, CancellationToken interrupted)
    {
        // As with handlers that are not asynchronous: who has got a piece does not wait for the next.
        if (offset != 0)
            return 0;
        try
        {
            return await _charDevice.ReadAsync(_file, destination, interrupted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ThrewOffLock(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted)
    {
        try
        {
            return await _charDevice.WriteAsync(_file, source, interrupted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ThrewOffLock(e);
        }
    }

    public PollEvents Poll()
    {
        PollEvents events = PollEvents.None;
        int result = Run(
            static (self, ref events) =>
            {
                events = self._charDevice.Poll(self._file);
                return 0;
            },
            ref events);
        return result is 0 or CharFile.WouldBlock ? events : PollEvents.Error;
    }

    public int Ioctl(int thread, ref CharIoctl ioctl) =>
        Run(static (self, ref ioctl) => self._charDevice.Ioctl(self._file, ref ioctl), ref ioctl);

    public void Interrupted() => Tell(static (charDevice, file) => charDevice.Interrupted(file));

    public void Release() => Tell(static (charDevice, file) => charDevice.Release(file));

    private void Tell(Action<ICharDevice, CharFile> handler) => Run(
        static (self, ref handler) =>
        {
            handler(self._charDevice, self._file);
            return 0;
        },
        ref handler, whileStopped: true);

    private int Run<TArgument>(Call<TArgument> call, ref TArgument argument, bool whileStopped = false)
        where TArgument : allows ref struct
    {
        if (!_guard.TryEnter(out CallGuard? outer))
            return -(int)Errno.ENODEV;
        try
        {
            lock (_device.Gate)
            {
                if (_device.HasEnded)
                    return -(int)Errno.ENODEV;

                // A device that is stopped says nothing and takes nothing; it is not for long.
                if (_device.IsStopped && !whileStopped)
                {
                    WakeLater();
                    return CharFile.WouldBlock;
                }
                try
                {
                    return call(this, ref argument);
                }
                catch (Exception e)
                {
                    return Threw(e);
                }
                finally
                {
                    _device.Deferred.Follow();
                }
            }
        }
        finally
        {
            _guard.Leave(outer);
        }
    }

    // Posted work is done when the device goes on. On its lock; once, however often somebody asks meanwhile.
    private void WakeLater()
    {
        if (_wakesLater)
            return;
        _wakesLater = true;
        _device.Post(_wake);
    }

    private void WakeUp()
    {
        _wakesLater = false;
        _charDevice.Queue.WakeUp();
    }

    private int ThrewOffLock(Exception e)
    {
        lock (_device.Gate)
            return Threw(e);
    }

    private int Threw(Exception e)
    {
        if (e is MdevException refused)
            return -(int)refused.Error;
        _device.Counters.HandlerFaults++;
        DeviceLog.CharDeviceThrew(_device.Logger, e, _device.Uuid, _charDevice.NodeName);
        return -(int)Errno.EIO;
    }
}
