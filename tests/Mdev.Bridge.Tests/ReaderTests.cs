using Mdev.Devices.Tests;

namespace Mdev.Bridge.Tests;

/// <summary>Who reads an interrupt's file: waits, polls, is interrupted, vanishes.</summary>
public sealed class ReaderTests : IDisposable
{
    private const string First = "irqs/2/1";
    private const uint Registers = 1;

    private readonly ServedDevice _device = new("exerciser");

    public void Dispose() => _device.Dispose();

    [NeedsFact(Need.Fuse)]
    public async Task A_read_waits_for_a_signal()
    {
        using HostFile file = HostFile.Open(PathOf(First));
        Task<long> read = Task.Factory.StartNew(file.Take, TaskCreationOptions.LongRunning);
        Assert.NotSame(read, await Task.WhenAny(read, Task.Delay(100)));
        Trigger();
        Assert.Equal(1, await read);
    }

    [NeedsFact(Need.Fuse)]
    public async Task A_poll_waits_for_a_signal_and_a_read_that_must_not_wait_is_told_so()
    {
        using HostFile file = HostFile.Open(PathOf(First), HostFile.NonBlocking);
        Assert.Equal(0, file.Poll(0));
        Assert.Equal(-(long)Errno.EAGAIN, file.Take());
        Task<short> poll = Task.Factory.StartNew(() => file.Poll(20_000), TaskCreationOptions.LongRunning);
        Assert.NotSame(poll, await Task.WhenAny(poll, Task.Delay(100)));
        Trigger();
        Assert.Equal(HostFile.In, await poll);
        Trigger();
        Assert.Equal(2, file.Take());
        Assert.Equal(0, file.Poll(0));
    }

    [NeedsFact(Need.Fuse)]
    public void A_signal_in_the_middle_of_a_read_interrupts_it_and_the_next_read_gets_what_happens_then()
    {
        using Reader reader = Reader.Start(PathOf(First));
        reader.Signal("USR1");
        Assert.Equal("0+0 records in", reader.Said());
        Trigger();
        (int status, byte[] read, _) = reader.End();
        Assert.Equal(0, status);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], read);
    }

    [NeedsFact(Need.Fuse)]
    public void Readers_that_are_killed_in_the_middle_leave_nothing_behind()
    {
        int before = Descriptors();
        for (int i = 0; i < 20; i++)
        {
            using Reader reader = Reader.Start(PathOf(First));
            Assert.Equal(Errno.EBUSY, HostFile.Refusal(PathOf(First)));
            reader.Signal("KILL");
            Disarm(Open());
        }

        // One a reader would be 20; the runtime opens one for itself now and then.
        Eventually.True(() => Descriptors() < before + 10, "The host keeps something of its readers.");
        using HostFile file = Open();
        Trigger();
        Assert.Equal(1, file.Take());
    }

    [NeedsFact(Need.Fuse)]
    public void What_is_no_command_and_what_has_no_room_for_a_number_is_refused()
    {
        using HostFile file = HostFile.Open(PathOf(First), HostFile.NonBlocking);
        Assert.Equal(-(long)Errno.EINVAL, file.Write(1));
        Assert.Equal(-(long)Errno.EINVAL, file.Write(new byte[16]));
        Assert.Equal(-(long)Errno.EINVAL, file.Write(new byte[100_000]));
        Assert.Equal(-(long)Errno.EINVAL, file.Put(4));
        Trigger();
        Assert.Equal(-(long)Errno.EINVAL, file.Read(new byte[7]));
        byte[] more = new byte[100_000];
        Assert.Equal(8, file.Read(more));
        Assert.Equal(1, more[0]);
    }

    [NeedsFact(Need.Fuse)]
    public void A_file_is_triggered_and_disarmed_by_what_is_written_to_it()
    {
        using HostFile file = HostFile.Open(PathOf(First), HostFile.NonBlocking);
        Assert.Equal(8, file.Put(2));
        Assert.Equal(1, file.Take());
        Assert.Equal(8, file.Put(3));
        Trigger();
        Assert.Equal(-(long)Errno.EIO, file.Take());
        Assert.Equal(-(long)Errno.EIO, file.Put(2));
        Assert.Equal(HostFile.Error | HostFile.HangUp, file.Poll(0));

        // Nothing else is armed, so the pin is free at once.
        using HostFile pin = HostFile.Open(PathOf("irqs/0/0"), HostFile.NonBlocking);
        Assert.Equal(-(long)Errno.EAGAIN, pin.Take());
    }

    [NeedsFact(Need.Fuse)]
    public void An_interrupt_has_one_file_open_and_pin_and_messages_exclude_each_other()
    {
        using HostFile first = HostFile.Open(PathOf(First)), second = HostFile.Open(PathOf("irqs/2/2"));
        Assert.Equal(Errno.EBUSY, HostFile.Refusal(PathOf(First)));
        Assert.Equal(Errno.EBUSY, HostFile.Refusal(PathOf("irqs/0/0")));
        Assert.Equal(Errno.ENOENT, HostFile.Refusal(PathOf("irqs/2/4")));
        Assert.Equal(Errno.ENOENT, HostFile.Refusal(PathOf("irqs/1/0")));
        using HostFile request = HostFile.Open(PathOf("irqs/4/0"));
    }

    // The last Refusal's close may be on its way.
    private HostFile Open()
    {
        HostFile? file = null;
        Eventually.Equal(Errno.None, () => HostFile.TryOpen(PathOf(First), HostFile.NonBlocking, out file));
        return file!;
    }

    private static void Disarm(HostFile file)
    {
        using (file)
            Assert.Equal(8, file.Put(3));
    }

    private string PathOf(string name) => Path.Combine(_device.Folder, name);

    private int Descriptors() => Directory.GetFileSystemEntries($"/proc/{_device.Process}/fd").Length;

    private void Trigger() => _device.Write(Registers, 0x04, 1u);
}
