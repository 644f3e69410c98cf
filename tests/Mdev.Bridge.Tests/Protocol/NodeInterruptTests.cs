using Mdev.Devices;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>SET_IRQS on the node with eventfds of its caller, who is this process too. Source: linux/vfio.h, struct vfio_irq_set.</summary>
public sealed class NodeInterruptTests : IDisposable
{
    private const uint SetIrqs = 0x3b6e, EventFds = 4, Unmask = 0x10, Trigger = 0x20;
    private const ulong Address = 0x7fff_0000_1000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Mailbox _device = new();
    private readonly EventFd _full = new();
    private readonly KernelSide _kernel;
    private readonly ulong _handle;

    public NodeInterruptTests()
    {
        _device.Realize(Guid.NewGuid(), NullLogger.Instance);
        _kernel = KernelSide.Of(new VfioNodeFile(_device, new CallGuard()));
        _handle = _kernel.Open();
        Assert.Equal(0, Set(Trigger, _full.Descriptor));
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _full.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void An_eventfd_unmasks_a_level_that_is_still_high_until_it_is_taken_away()
    {
        using EventFd first = new(), second = new();
        Assert.Equal(0, Set(Unmask, first.Descriptor));
        Assert.Equal(Errno.None, _device.Write(0, 0, [42, 0, 0, 0]));
        SignalledOnce();
        first.Signal();
        SignalledOnce();
        first.Signal();
        SignalledOnce();

        Assert.Equal(0, Set(Unmask, second.Descriptor));
        second.Signal();
        SignalledOnce();
        first.Signal();
        Assert.False(_full.Wait(TimeSpan.FromMilliseconds(100)));

        Assert.Equal(0, Set(Unmask, -1));
        second.Signal();
        Assert.False(_full.Wait(TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void What_is_no_eventfd_unmasks_nothing()
    {
        using var file = File.OpenHandle("/dev/null");
        Assert.Equal(-(int)Errno.EINVAL, Set(Unmask, (int)file.DangerousGetHandle()));
        Assert.Equal(-(int)Errno.EBADF, Set(Unmask, 60_000));
    }

    [Fact]
    public void A_node_that_is_closed_leaves_no_descriptor_and_no_thread()
    {
        _kernel.Release(_handle);
        int descriptors = Entries("fd"), threads = Entries("task");
        for (int i = 0; i < 20; i++)
        {
            ulong handle = _kernel.Open();
            using EventFd trigger = new(), unmask = new();
            Assert.Equal(0, Set(Trigger, trigger.Descriptor, handle));
            Assert.Equal(0, Set(Unmask, unmask.Descriptor, handle));
            _kernel.Release(handle);
        }
        Assert.True(SpinWait.SpinUntil(() => Entries("fd") <= descriptors && Entries("task") <= threads, s_patience));
    }

    private static int Entries(string of) => Directory.GetFileSystemEntries("/proc/self/" + of).Length;

    private void SignalledOnce()
    {
        Assert.True(_full.Wait(s_patience));
        Assert.Equal(1ul, _full.Take());
    }

    // argsz, flags, index 0, start 0, count 1, and one descriptor.
    private int Set(uint action, int eventFd, ulong? handle = null)
    {
        byte[] argument =
        [
            .. KernelSide.U32(24), .. KernelSide.U32(EventFds | action), .. KernelSide.U32(0), .. KernelSide.U32(0), .. KernelSide.U32(1),
            .. KernelSide.U32((uint)eventFd),
        ];
        Answer answer = _kernel.Ioctl(handle ?? _handle, SetIrqs, Address, argument, 0);
        return answer.Error != 0 ? answer.Error : (int)answer.U32(0);
    }
}
