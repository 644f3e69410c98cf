using Mdev.Sdk;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Migration;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>Interrupt files and character devices of a device.</summary>
public sealed class DeviceFileTests : IDisposable
{
    private const int Busy = -(int)Errno.EBUSY, Failed = -(int)Errno.EIO, Again = -(int)Errno.EAGAIN;
    private const uint NonBlocking = KernelSide.ReadWrite | KernelSide.NonBlocking;

    private readonly PlainDevice _device = PlainDevice.Make();
    private readonly CallGuard _guard = new();
    private readonly FolderInterrupts _interrupts;
    private KernelSide? _kernel;

    public DeviceFileTests() => _interrupts = new FolderInterrupts(_device);

    public void Dispose()
    {
        _kernel?.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void An_interrupt_is_one_files()
    {
        KernelSide kernel = Serve(First, First, Second, First);
        ulong one = kernel.Open();
        int before = Directory.GetFiles("/proc/self/fd").Length;
        Assert.Equal(Busy, kernel.AskOpen().Error);
        Assert.Equal(before, Directory.GetFiles("/proc/self/fd").Length);
        ulong other = kernel.Open();
        _device.First.Pulse();
        _device.First.Pulse();
        Assert.Equal(2ul, kernel.Read(one, 8).U64(0));
        Assert.Equal(Again, kernel.Read(other, 8, NonBlocking).Error);
        kernel.Release(one);
        Assert.NotEqual(0ul, kernel.Open());
    }

    [Fact]
    public void A_client_that_comes_takes_the_interrupts_of_those_who_wait_and_poll()
    {
        KernelSide kernel = Serve(First, Second, First);
        ulong one = kernel.Open(), other = kernel.Open();
        ulong waiting = kernel.SendRead(one, 8);
        Assert.Equal(4u, kernel.Poll(other, schedule: true, pollHandle: 5).U32(0));
        _device.AdmitClient();
        Answer[] answers = [kernel.Next(), kernel.Next()];
        Assert.Equal(Failed, answers.Single(answer => answer.Unique == waiting).Error);
        Assert.Equal(5ul, answers.Single(answer => answer.Unique == 0).U64(0));

        // One loses it after the other, and a file that may be written was ready all along.
        Assert.True(SpinWait.SpinUntil(
            () => kernel.Poll(other, schedule: false).U32(0) == (uint)(PollEvents.Error | PollEvents.HangUp), TimeSpan.FromSeconds(20)));
        Assert.Equal(Busy, kernel.AskOpen().Error);
        kernel.Release(one);
        kernel.Release(other);
    }

    [Fact]
    public void A_character_device_that_waits_goes_on_when_its_device_does()
    {
        KernelSide kernel = Serve(new CharDeviceFile(_device, _device.CharDevice, _guard, 0x180));
        ulong handle = kernel.Open();
        kernel.Write(handle, [1, 2, 3]);
        _device.AdmitClient();
        Assert.Equal(Errno.None, _device.SetMigrationState(MigrationState.Stop));
        for (int i = 0; i < 100; i++)
            Assert.Equal(Again, kernel.Read(handle, 8, NonBlocking).Error);
        ulong waiting = kernel.SendRead(handle, 8);
        Assert.True(kernel.IsQuiet());
        _device.AdmitClient();
        Answer answer = kernel.Next();
        Assert.Equal((waiting, 3), (answer.Unique, answer.Body.Length));
    }

    [Fact]
    public void A_handler_hears_of_a_signal_and_a_guard_that_is_closed_lets_nobody_in()
    {
        KernelSide kernel = Serve(new CharDeviceFile(_device, _device.CharDevice, _guard, 0x180), new RegionFile(_device, 0, RegionRule.Vfio, _guard, 0x180));
        ulong handle = kernel.Open(), region = kernel.Open();
        ulong waiting = kernel.SendRead(handle, 8);
        kernel.Interrupt(waiting);
        Assert.Equal(-(int)Errno.EINTR, kernel.Next().Error);
        kernel.Poll(handle, schedule: false);
        Assert.Equal(1, _device.CharDevice.Interruptions);
        _guard.Close();
        const int Gone = -(int)Errno.ENODEV;
        Assert.Equal(Gone, kernel.Read(handle, 8).Error);
        Assert.Equal((uint)PollEvents.Error, kernel.Poll(handle, schedule: false).U32(0));
        Assert.Equal(Gone, kernel.Read(region, 8).Error);
        Assert.Equal(Gone, kernel.Read(region, 0x10000).Error);
        Assert.Equal(Gone, kernel.Write(region, [1]).Error);
    }

    [Fact]
    public void A_region_is_cut_at_its_end_and_nothing_is_written_behind_it()
    {
        KernelSide kernel = Serve(new RegionFile(_device, 0, RegionRule.Vfio, _guard, 0x180));
        ulong handle = kernel.Open();
        const ulong End = 1 << 17;
        Assert.Equal(4, kernel.Read(handle, 8, offset: End - 4).Body.Length);
        Assert.Equal(0x8000, kernel.Read(handle, 0x10000, offset: End - 0x8000).Body.Length);
        Assert.Empty(kernel.Read(handle, 8, offset: End).Body);
        Assert.Equal(-(int)Errno.EINVAL, kernel.Write(handle, [1], offset: End).Error);
        Assert.Equal(-(int)Errno.EINVAL, kernel.Read(handle, 8, offset: ulong.MaxValue).Error);
        Assert.Equal(1u, kernel.Write(handle, [1, 2], offset: End - 1).U32(0));
    }

    private InterruptFile First => new(_interrupts, 1, 0, _guard);

    private InterruptFile Second => new(_interrupts, 1, 1, _guard);

    private KernelSide Serve(params FuseFile[] files) => _kernel = KernelSide.Of(new FilesInTurn(files));
}
