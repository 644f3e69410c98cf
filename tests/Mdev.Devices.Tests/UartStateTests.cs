using System.Buffers;
using System.Diagnostics;
using Mdev.Sdk;
using Mdev.Sdk.Terminals;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Devices.Tests;

/// <summary>A 16550 that is saved in the middle of what it does, and another one that goes on with it at a far end of its own.</summary>
public sealed class UartStateTests : IDisposable
{
    private const int RBR = 0, THR = 0, DLL = 0, IER = 1, DLM = 1, IIR = 2, FCR = 2, LCR = 3, MCR = 4, LSR = 5, SCR = 7;
    private const byte Rts = 0x02, Out2 = 0x08, Loop = 0x10;
    private const byte Fifos = 0xc0, NonePending = 0x01, Data = 0x04, Timeout = 0x0c, DataReady = 0x01, Empty = 0x60;

    private readonly FarEnd _far = new(), _next = new();
    private readonly SerialCard _one, _other;

    public UartStateTests() => (_one, _other) = (Card(_far), Card(_next));

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _far.Dispose();
        _next.Dispose();
    }

    [Fact]
    public void What_was_received_is_read_from_the_other_and_what_follows_comes_behind_it()
    {
        SetDivisor(0xffff);
        Write(_one, SCR, 0x5a);
        Write(_one, FCR, 0x81);
        Write(_one, IER, 0x01);
        Write(_one, MCR, Rts | Out2);
        _far.Send("abcdefgh"u8);
        WaitFor(() => Interrupts(_one));
        Assert.Equal(("a"u8[0], "b"u8[0]), (Read(_one, RBR), Read(_one, RBR)));

        // Six characters are below the trigger level of eight.
        HandOver();
        Assert.Equal((0x5a, Rts | Out2, Fifos | NonePending), (Read(_other, SCR), Read(_other, MCR), Read(_other, IIR)));
        Assert.Equal((false, Empty | DataReady), (Interrupts(_other), Read(_other, LSR)));
        _next.Send("ij"u8);
        WaitFor(() => Interrupts(_other));
        Assert.Equal(Fifos | Data, Read(_other, IIR));
        Assert.Equal("cdefghij"u8.ToArray(), Enumerable.Range(0, 8).Select(_ => Read(_other, RBR)));
        Assert.Equal((false, Empty), (Interrupts(_other), Read(_other, LSR)));
    }

    [Fact]
    public void An_interrupt_that_was_pending_is_so_at_the_other()
    {
        SetDivisor(1);
        Write(_one, FCR, 0xc1);
        Write(_one, IER, 0x01);
        Write(_one, MCR, Rts | Out2);
        _far.Send("a"u8);
        WaitFor(() => Interrupts(_one));
        HandOver();
        Assert.Equal((true, Fifos | Timeout), (Interrupts(_other), Read(_other, IIR)));
        Assert.Equal("a"u8[0], Read(_other, RBR));
        Assert.False(Interrupts(_other));
    }

    [Fact]
    public void A_time_out_that_had_not_come_yet_comes_at_the_other()
    {
        SetDivisor(12);
        lock (_one.Gate)
        {
            // The timer waits for the lock.
            Write(_one, FCR, 0xc1);
            Write(_one, IER, 0x01);
            Write(_one, MCR, Loop);
            Write(_one, THR, (byte)'x');
            Assert.Equal(Fifos | NonePending, Read(_one, IIR));
            HandOver();
        }

        WaitFor(() => Read(_other, IIR) == (Fifos | Timeout));
        Assert.Equal((byte)'x', Read(_other, RBR));
    }

    [Fact]
    public void Half_a_state_is_refused_and_the_card_goes_on()
    {
        SetDivisor(0x0304);
        byte[] state = Save(_one), before = Save(_other);
        for (int length = 0; length < state.Length; length++)
        {
            Assert.False(_other.TryLoadState(state.AsSpan(0, length), out string? problem));
            Assert.NotEmpty(problem);
        }

        Assert.Equal(before, Save(_other));
    }

    private static SerialCard Card(FarEnd far)
    {
        var bus = new MdevBus();
        var parent = new SerialParent(() => new SerialLine(Terminal.OpenSocket(far.Path), marked: false));
        bus.Register(parent);
        MdevInstance made = bus.Create(parent.Types[0], Guid.NewGuid());
        var card = (SerialCard)made.Device;
        card.Realize(made.Uuid, NullLogger.Instance);
        return card;
    }

    private void HandOver() => Assert.True(_other.TryLoadState(Save(_one), out string? problem), problem);

    private static byte[] Save(SerialCard card)
    {
        var buffer = new ArrayBufferWriter<byte>();
        card.SaveState(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private void SetDivisor(int value)
    {
        Write(_one, LCR, 0x83);
        Write(_one, DLL, (byte)value);
        Write(_one, DLM, (byte)(value >> 8));
        Write(_one, LCR, 0x03);
    }

    private static byte Read(SerialCard card, int register)
    {
        byte[] value = new byte[1];
        Assert.Equal(Errno.None, card.Read(0, (ulong)register, value));
        return value[0];
    }

    private static void Write(SerialCard card, int register, byte value) =>
        Assert.Equal(Errno.None, card.Write(0, (ulong)register, [value]));

    // The pin itself: Interrupt Status of config space.
    private static bool Interrupts(SerialCard card)
    {
        byte[] status = new byte[1];
        Assert.Equal(Errno.None, card.Read(7, 6, status));
        return (status[0] & 0x08) != 0;
    }

    private static void WaitFor(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), "It never happened.");
    }
}
