using Mdev.Sdk.Testing;

namespace Mdev.Bridge.Tests;

/// <summary>Files and a vfio-user client on one device: regions are everybody's, interrupts and resets the client's.</summary>
public sealed class SharingTests : IDisposable
{
    private const uint MsiX = 2, Registers = 1;

    private readonly RuntimeFolder _folder = new();
    private readonly BridgedHost _host;

    public SharingTests() => _host = BridgedHost.Start(_folder.Path);

    public void Dispose()
    {
        _host.Terminate();
        _host.Dispose();
        _folder.Dispose();
    }

    [NeedsFact(Need.Fuse)]
    public void Both_see_what_the_other_writes()
    {
        using VfioUserClient client = _host.Connect();
        using HostFile registers = HostFile.Open(_host["regions/1"]);
        client.WriteRegion(Registers, 0, 5, 0, 0, 0);
        byte[] value = new byte[4];
        Assert.Equal(4, registers.ReadAt(0, value));
        Assert.Equal([5, 0, 0, 0], value);
        Assert.Equal(4, registers.WriteAt(0, [7, 0, 0, 0]));
        Assert.Equal([7, 0, 0, 0], client.ReadRegion(Registers, 0, 4));
    }

    [NeedsFact(Need.Fuse)]
    public void While_there_is_a_client_files_get_no_interrupt_and_reset_nothing()
    {
        using (VfioUserClient client = _host.Connect())
        {
            Assert.Equal(Errno.EBUSY, HostFile.Refusal(_host["irqs/2/1"]));
            Assert.Equal(-(long)Errno.EBUSY, Reset());
        }
        Eventually.Equal(1L, Reset);
        using HostFile irq = HostFile.Open(_host["irqs/2/1"], HostFile.NonBlocking);
        Trigger();
        Assert.Equal(1, irq.Take());
    }

    [NeedsFact(Need.Fuse)]
    public async Task A_client_that_comes_takes_the_interrupts_from_whoever_waits_for_them()
    {
        using HostFile read = HostFile.Open(_host["irqs/2/0"]), polled = HostFile.Open(_host["irqs/2/1"], HostFile.NonBlocking);
        using Reader reader = Reader.Start(_host["irqs/2/2"]);
        Task<long> reading = Task.Factory.StartNew(read.Take, TaskCreationOptions.LongRunning);
        Task<short> polling = Task.Factory.StartNew(() => polled.Poll(20_000), TaskCreationOptions.LongRunning);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(100)));

        using (VfioUserClient client = _host.Connect())
        {
            Assert.Equal(-(long)Errno.EIO, await reading);
            Assert.Equal(HostFile.Error | HostFile.HangUp, await polling & (HostFile.Error | HostFile.HangUp));
            (int status, _, string said) = reader.End();
            Assert.Equal(1, status);
            Assert.Contains("Input/output error", said, StringComparison.Ordinal);
            Assert.Equal(-(long)Errno.EIO, polled.Take());
            Assert.Equal(-(long)Errno.EIO, polled.Put(2));

            using EventFd first = new(), second = new();
            client.ArmIrqs(MsiX, first, second);
            Trigger();
            Assert.Equal((0ul, 1ul), (first.Take(), second.Take()));
        }

        // What was lost stays so; it is opened anew, also while the old file is open still.
        Assert.Equal(-(long)Errno.EIO, polled.Take());
        Eventually.Equal(Errno.None, () => HostFile.Refusal(_host["irqs/2/1"]));
    }

    [NeedsFact(Need.Fuse)]
    public void Clients_that_come_and_go_leave_files_that_were_armed_between_them_alone()
    {
        for (int i = 0; i < 50; i++)
        {
            _host.Connect().Dispose();
            HostFile? irq = null;
            Eventually.Equal(Errno.None, () => HostFile.TryOpen(_host["irqs/2/1"], HostFile.NonBlocking, out irq));
            using (irq)
            {
                Trigger();
                Assert.Equal(1, irq!.Take());
                Assert.Equal(8, irq.Put(3));
            }
        }
    }

    private long Reset()
    {
        using HostFile reset = HostFile.Open(_host["reset"], HostFile.WriteOnly);
        return reset.Write((byte)'1');
    }

    private void Trigger()
    {
        using HostFile registers = HostFile.Open(_host["regions/1"]);
        Assert.Equal(4, registers.WriteAt(4, [1, 0, 0, 0]));
    }
}
