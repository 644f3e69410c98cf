using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Terminals;

// Output for a device that keeps what the far end cannot take yet.
internal sealed unsafe partial class DescriptorTerminal
{
    private readonly SemaphoreSlim _full = new(0, 1);
    private VfioDevice? _device;
    private Action? _drained;

    public override void Connect(VfioDevice device, Func<byte, bool> deliver, Action drained)
    {
        ArgumentNullException.ThrowIfNull(drained);
        Connect(device, deliver);
        (_device, _drained) = (device, drained);

        bool held = false;
        _output.DangerousAddRef(ref held);
        new Thread(WatchOutput, maxStackSize: 256 * 1024) { IsBackground = true, Name = "mdev/terminal-out" }.UnsafeStart();
    }

    public override bool TryWrite(byte value)
    {
        lock (_gate)
        {
            while (!_closed && Libc.write((int)_output.DangerousGetHandle(), &value, 1) != 1)
            {
                Errno error = Libc.LastError;
                if (error == Errno.EAGAIN)
                {
                    Release(_full);
                    return false;
                }
                if (error != Errno.EINTR)
                    break;
            }
        }
        return true;
    }

    private void WatchOutput()
    {
        try
        {
            while (true)
            {
                _full.Wait();

                // With a time-out, so that closing is noticed where nobody ever reads.
                const int Second = 1000;
                Libc.pollfd descriptor = new() { fd = (int)_output.DangerousGetHandle(), events = Libc.POLLOUT };
                while (!_closed && Libc.poll(&descriptor, 1, Second) <= 0)
                {
                }

                lock (_device!.Gate)
                {
                    if (_closed || _device.HasEnded)
                        return;
                    if (_device.IsStopped)
                        _device.Post(_drained!);
                    else
                        _device.RunGuarded(_drained!);
                }
            }
        }
        finally
        {
            _output.DangerousRelease();
        }
    }
}
