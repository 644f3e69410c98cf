using Mdev.Sdk;
using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>Devices that go from one process to another in the middle of what they do, with a client that does to them what QEMU would.</summary>
public sealed class MigrationTests
{
    private const uint Intx = 0, MsiX = 2, Config = 7;
    private const int RBR = 0, THR = 0, IER = 1, IIR = 2, FCR = 2, LCR = 3, MCR = 4, LSR = 5, SCR = 7;
    private const byte Rts = 0x02, Out2 = 0x08, Fifos = 0xc0, NonePending = 0x01, Data = 0x04, DataReady = 0x01, Empty = 0x60;

    [Fact]
    public void A_serial_port_goes_on_in_another_process_with_what_it_had_received()
    {
        using FarEnd far = new(), next = new();
        using EventFd here = new(), there = new();
        using var source = new ServedDevice("serial", "--connect", far.Path);
        using var destination = new ServedDevice("serial", "--connect", next.Path);

        source.Client.ArmIrqs(Intx, here);

        // The slowest line, so that no character waits long enough to time out.
        WritePort(source, LCR, 0x83);
        WritePort(source, RBR, 0xff);
        WritePort(source, IER, 0xff);
        WritePort(source, LCR, 0x03);
        WritePort(source, SCR, 0x5a);
        WritePort(source, FCR, 0x81);
        WritePort(source, MCR, Rts | Out2);
        WritePort(source, IER, 0x01);
        far.Send("abcdefgh"u8);
        Assert.True(here.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(("a"u8[0], "b"u8[0]), (ReadPort(source, RBR), ReadPort(source, RBR)));

        // Eight at a time are worth an interrupt; six of them go along.
        byte[] state = source.Client.SaveState(100);
        destination.Client.SetMigrationState(VfioMigrationState.Resuming);
        destination.Client.ArmIrqs(Intx, there);
        destination.Client.LoadState(state, 33);
        Assert.Equal((0x5a, Rts | Out2, Fifos | NonePending), (ReadPort(destination, SCR), ReadPort(destination, MCR), ReadPort(destination, IIR)));
        Assert.Equal(Empty | DataReady, ReadPort(destination, LSR));
        Assert.Equal(0ul, there.Take());

        next.Send("ij"u8);
        Assert.True(there.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(Fifos | Data, ReadPort(destination, IIR));
        Assert.Equal("cdefghij"u8.ToArray(), Enumerable.Range(0, 8).Select(_ => ReadPort(destination, RBR)));
        WritePort(destination, THR, (byte)'!');
        Assert.Equal("!"u8.ToArray(), next.Receive(1));
    }

    [Fact]
    public void A_source_whose_migration_has_failed_goes_on_itself()
    {
        using FarEnd far = new();
        using var source = new ServedDevice("serial", "--connect", far.Path);
        WritePort(source, LCR, 0x03);
        WritePort(source, FCR, 0x01);
        WritePort(source, MCR, Rts);
        source.Client.SaveState();
        far.Send("x"u8);
        Thread.Sleep(100);
        Assert.Equal(0, ReadPort(source, LSR) & DataReady);
        source.Client.SetMigrationState(VfioMigrationState.Running);
        WritePort(source, THR, (byte)'y');
        Assert.Equal("y"u8.ToArray(), far.Receive(1));
        for (int tries = 0; (ReadPort(source, LSR) & DataReady) == 0 && tries < 1000; tries++)
            Thread.Sleep(10);
        Assert.Equal((byte)'x', ReadPort(source, RBR));
    }

    [Fact]
    public void A_vector_that_waited_behind_its_mask_signals_in_the_other_process_when_it_is_unmasked()
    {
        using EventFd here = new(), there = new(), first = new();
        using var source = new ServedDevice("exerciser", "--uuid", "00112233-4455-6677-8899-aabbccddeeff");
        using var destination = new ServedDevice("exerciser", "--uuid", "00112233-4455-6677-8899-aabbccddeeff");
        source.Client.ArmIrqs(MsiX, first, here);
        source.Write(1, 0x00, 0x1234_5678u);
        source.Write(1, 0x101c, 1u);
        source.Write(1, 0x04, 1u);

        destination.Client.ArmIrqs(MsiX, first, there);
        destination.Client.LoadState(source.Client.SaveState());
        Assert.Equal(0x1234_5678u, destination.Read(1, 0x00));
        Assert.Equal((0ul, 0ul, 2u), (here.Take(), there.Take(), destination.Read(1, 0x1800)));
        destination.Write(1, 0x101c, 0u);
        Assert.Equal((0ul, 1ul), (here.Take(), there.Take()));
    }

    [Fact]
    public void Another_type_of_the_same_parent_refuses_the_state_and_a_reset_makes_it_usable()
    {
        using var source = new ServedDevice("exerciser");
        using var bare = new ServedDevice("exerciser", "--type", "exerciser-2");
        byte[] state = source.Client.SaveState();
        Assert.Equal(Errno.EINVAL, Assert.Throws<VfioException>(() => bare.Client.LoadState(state)).Error);
        Assert.Equal(VfioMigrationState.Error, bare.Client.GetMigrationState());
        bare.Client.Reset();
        bare.Write(1, 0x00, 7u);
        Assert.Equal(7u, bare.Read(1, 0x00));
    }

    [Fact]
    public void A_computation_that_was_posted_is_done_when_the_state_is_read()
    {
        using var source = new ServedDevice("edu");
        using var destination = new ServedDevice("edu");
        using var irq = new EventFd();
        destination.Client.ArmIrqs(Intx, irq);
        source.Write(0, 0x20, 0x80u);
        source.Write(0, 0x08, 10u);
        destination.Client.LoadState(source.Client.SaveState());
        Assert.Equal((3628800u, 0x80u, 1u), (destination.Read(0, 0x08), destination.Read(0, 0x20), destination.Read(0, 0x24)));
        Assert.Equal(1ul, irq.Take());
        destination.Write(0, 0x64, 1u);
        Assert.Equal(0u, destination.Read(0, 0x24));
    }

    private static byte ReadPort(ServedDevice card, int register) => card.Client.ReadRegion(0, (ulong)register, 1)[0];

    private static void WritePort(ServedDevice card, int register, byte value) => card.Client.WriteRegion(0, (ulong)register, value);
}
