using System.Diagnostics;
using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>The sentences of the TL16C550C's data sheet, over the wire and a line with a far end.</summary>
public sealed class Uart16550Tests : IDisposable
{
    private const int RBR = 0, THR = 0, DLL = 0, IER = 1, DLM = 1, IIR = 2, FCR = 2, LCR = 3, MCR = 4, LSR = 5, MSR = 6, SCR = 7;
    private const byte Rts = 0x02, Out2 = 0x08, Loop = 0x10, AutoFlow = 0x20;
    private const byte NonePending = 0x01, Modem = 0x00, Emptied = 0x02, Data = 0x04, Timeout = 0x0c, Line = 0x06;
    private const byte Fifos = 0xc0, DataReady = 0x01, Overrun = 0x02, Empty = 0x60;

    private readonly FarEnd _far = new();
    private readonly ServedDevice _card;

    public Uart16550Tests() => _card = new ServedDevice("serial", "--connect", _far.Path, "--marked");

    public void Dispose()
    {
        _card.Dispose();
        _far.Dispose();
    }

    [Fact]
    public void The_card_is_a_16550_behind_eight_ports()
    {
        Assert.Equal([0x36, 0x1b, 0x02, 0x00], _card.Client.ReadRegion(7, 0, 4));
        Assert.Equal([0x01, 0x02, 0x00, 0x07], _card.Client.ReadRegion(7, 8, 4));
        Assert.Equal(8ul, _card.Client.GetRegionInfo(0).Size);
    }

    [Fact]
    public void After_a_master_reset_nothing_is_pending_and_the_transmitter_is_empty()
    {
        Assert.Equal((NonePending, Empty), (Read(IIR), Read(LSR)));
        Assert.Equal((0, 0, 0), (Read(IER), Read(LCR), Read(MCR)));
    }

    [Fact]
    public void The_divisor_latch_lies_over_the_first_two_registers_and_a_reset_leaves_it_and_the_scratch_register_alone()
    {
        Write(SCR, 0x5a);
        Write(IER, 0x05);
        Write(LCR, 0x80);
        Write(DLL, 0x12);
        Write(DLM, 0x34);
        Write(LCR, 0x03);
        Assert.Equal(0x05, Read(IER));
        _card.Client.Reset();
        Assert.Equal((0x5a, 0x00, 0x00), (Read(SCR), Read(IER), Read(LCR)));
        Write(LCR, 0x80);
        Assert.Equal((0x12, 0x34), (Read(DLL), Read(DLM)));
    }

    [Fact]
    public void Bits_that_the_registers_do_not_have_are_always_0()
    {
        Write(IER, 0xff);
        Write(MCR, 0xff);
        Assert.Equal((0x0f, 0x3f), (Read(IER), Read(MCR)));
    }

    [Fact]
    public void IIR_says_whether_the_FIFOs_are_enabled()
    {
        Assert.Equal(NonePending, Read(IIR));
        Write(FCR, 0x01);
        Assert.Equal(Fifos | NonePending, Read(IIR));
        Write(FCR, 0xc0);
        Assert.Equal(NonePending, Read(IIR));
    }

    [Fact]
    public void What_is_written_to_THR_reaches_the_far_end_as_wide_as_a_word()
    {
        Write(LCR, 0x03);
        Write(THR, 0xff);
        Write(LCR, 0x00);
        Write(THR, 0xff);
        Assert.Equal([0xff, 0x1f], _far.Receive(2));
        Assert.Equal(Empty, Read(LSR));
    }

    [Fact]
    public void The_emptied_transmitter_interrupts_until_IIR_is_read_as_the_source()
    {
        Write(MCR, Out2);
        Assert.False(Interrupts);
        Write(IER, 0x02);
        Assert.True(Interrupts);
        Assert.Equal(Emptied, Read(IIR));
        Assert.Equal(NonePending, Read(IIR));
        Assert.False(Interrupts);
        Write(THR, 1);
        Assert.True(Interrupts);
        Assert.Equal(Emptied, Read(IIR));

        // Enabled again while it is empty, it is pending again.
        Write(IER, 0x00);
        Write(IER, 0x02);
        Assert.Equal(Emptied, Read(IIR));
    }

    [Theory]
    [InlineData(0x01, 1)]
    [InlineData(0x41, 4)]
    [InlineData(0x81, 8)]
    [InlineData(0xc1, 14)]
    public void Received_data_interrupt_at_the_trigger_level_and_no_more_below_it(int fifoControl, int level)
    {
        SetDivisor(0xffff);
        Write(FCR, (byte)fifoControl);
        Write(IER, 0x01);
        Write(MCR, Rts | Out2);
        _far.Send([.. Enumerable.Range(0, level - 1).Select(i => (byte)i)]);
        if (level > 1)
            WaitForData();
        Assert.False(Interrupts);
        _far.Send((byte)(level - 1));
        WaitFor(() => Read(IIR) == (Fifos | Data));
        Assert.True(Interrupts);
        Assert.Equal(0, Read(RBR));
        Assert.False(Interrupts);
        Assert.Equal(Enumerable.Range(1, level - 1).Select(i => (byte)i), Enumerable.Range(1, level - 1).Select(_ => Read(RBR)));
        Assert.Equal(Empty, Read(LSR));
    }

    [Fact]
    public void Characters_below_the_trigger_level_interrupt_after_four_character_times_until_one_is_read()
    {
        SetDivisor(12);
        Write(FCR, 0xc1);
        Write(IER, 0x01);
        Write(MCR, Rts | Out2);
        _far.Send("ab"u8);
        WaitFor(() => Interrupts);
        Assert.Equal(Fifos | Timeout, Read(IIR));
        Assert.Equal((byte)'a', Read(RBR));
        WaitFor(() => Read(IIR) == (Fifos | Timeout));
        Assert.Equal((byte)'b', Read(RBR));
        Assert.Equal(Fifos | NonePending, Read(IIR));
    }

    [Fact]
    public void The_far_end_sends_only_while_RTS_is_asserted_and_nothing_is_lost()
    {
        byte[] sent = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        Write(FCR, 0x01);
        _far.Send(sent);
        Thread.Sleep(100);
        Assert.Equal(Empty, Read(LSR));
        Write(MCR, Rts);
        foreach (byte value in sent)
        {
            WaitForData();
            Assert.Equal(value, Read(RBR));
        }
        Assert.Equal(Empty, Read(LSR));
    }

    [Fact]
    public void With_automatic_flow_control_RTS_falls_at_the_trigger_level_and_rises_when_the_FIFO_is_empty()
    {
        SetDivisor(0xffff);
        Write(FCR, 0x41);
        Write(MCR, Rts | AutoFlow);
        _far.Send("abcdefgh"u8);
        WaitForData();
        Thread.Sleep(100);
        Assert.Equal("abc"u8.ToArray(), new[] { Read(RBR), Read(RBR), Read(RBR) });
        Thread.Sleep(100);

        // Without RTS nothing follows, so what is there now is all that came.
        Write(MCR, AutoFlow);
        Assert.Equal("d"u8.ToArray(), ReadAll());
        Write(MCR, Rts | AutoFlow);
        WaitForData();
        Thread.Sleep(100);
        Write(MCR, AutoFlow);
        Assert.Equal("efgh"u8.ToArray(), ReadAll());
    }

    [Fact]
    public void While_the_far_end_takes_nothing_CTS_is_off_THRE_stays_low_and_no_character_is_lost()
    {
        Write(LCR, 0x03);
        Write(FCR, 0x01);
        Assert.Equal(0xb0, Read(MSR) & 0xf0);
        var sent = new List<byte>();
        while ((Read(LSR) & 0x20) != 0)
        {
            sent.Add((byte)(sent.Count * 31));
            Write(THR, sent[^1]);
            Assert.True(sent.Count < 10_000_000, "The far end has no end.");
        }
        for (int i = 0; i < 15; i++)
        {
            sent.Add((byte)i);
            Write(THR, (byte)i);
        }
        Assert.Equal(0xa1, Read(MSR));
        Assert.Equal(0xa0, Read(MSR));
        Write(IER, 0x0a);
        Write(MCR, Out2);
        Assert.False(Interrupts);

        Assert.Equal(sent, _far.Receive(sent.Count));
        WaitFor(() => Interrupts);
        WaitFor(() => Read(LSR) == Empty);
        Assert.Equal(Fifos | Emptied, Read(IIR));
        Assert.Equal(Fifos | Modem, Read(IIR));
        Assert.Equal(0xb1, Read(MSR));
        Assert.False(Interrupts);
    }

    [Fact]
    public void In_loop_back_mode_outputs_are_inputs_and_nothing_leaves_or_interrupts()
    {
        Write(LCR, 0x03);
        Write(FCR, 0x01);
        Write(IER, 0x01);
        Write(MCR, Loop | Out2 | Rts);
        Assert.Equal(0x90, Read(MSR) & 0xf0);
        Write(THR, 0xa5);
        Assert.Equal(Fifos | Data, Read(IIR));
        Assert.False(Interrupts);
        Assert.Equal(0xa5, Read(RBR));
        Write(MCR, Loop | 0x05);
        Assert.Equal(0x60, Read(MSR) & 0xf0);
        Write(MCR, Loop);
        Assert.Equal(0x06, Read(MSR));
        Assert.False(_far.HasReceived);
    }

    [Fact]
    public void The_character_after_a_full_FIFO_is_lost_and_the_FIFO_keeps_what_it_has()
    {
        Write(LCR, 0x03);
        Write(FCR, 0x01);
        Write(IER, 0x04);
        Write(MCR, Loop);
        for (int i = 0; i < 18; i++)
            Write(THR, (byte)i);
        Assert.Equal(Fifos | Line, Read(IIR));
        Assert.Equal(Empty | Overrun | DataReady, Read(LSR));
        Assert.Equal(Empty | DataReady, Read(LSR));
        Assert.Equal(Fifos | NonePending, Read(IIR));
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (byte)i), ReadAll());
    }

    [Fact]
    public void Without_FIFOs_a_new_character_destroys_the_one_in_RBR()
    {
        Write(LCR, 0x03);
        Write(MCR, Loop);
        Write(THR, 1);
        Write(THR, 2);
        Assert.Equal(Empty | Overrun | DataReady, Read(LSR));
        Assert.Equal(2, Read(RBR));
        Assert.Equal(Empty, Read(LSR));
    }

    [Fact]
    public void Enabling_or_clearing_the_FIFOs_empties_them()
    {
        Write(MCR, Loop);
        foreach (byte control in (byte[])[0x01, 0x03, 0x00])
        {
            Write(THR, 7);
            Assert.Equal(Empty | DataReady, Read(LSR));
            Write(FCR, control);
            Assert.Equal(Empty, Read(LSR));
        }
    }

    [Fact]
    public void An_error_is_shown_when_its_character_is_next_and_bit_7_while_there_is_one_in_the_FIFO()
    {
        const int Parity = 0x04, Break = 0x10, FifoError = 0x80;
        SetDivisor(0xffff);
        Write(LCR, 0x0b);
        Write(FCR, 0x01);
        Write(IER, 0x05);
        Write(MCR, Rts | Out2);
        _far.Send((byte)'a', 0xff, 0x00, (byte)'b', 0xff, 0x00, 0x00, 0xff, 0xff);
        WaitFor(() => Read(LSR) == (Empty | DataReady | FifoError));
        Thread.Sleep(100);
        Assert.Equal(Fifos | Data, Read(IIR));
        Assert.Equal((byte)'a', Read(RBR));
        Assert.Equal(Fifos | Line, Read(IIR));
        Assert.Equal(Empty | DataReady | FifoError | Parity, Read(LSR));
        Assert.Equal(Empty | DataReady | FifoError, Read(LSR));
        Assert.Equal((byte)'b', Read(RBR));
        Assert.Equal(Empty | DataReady | FifoError | Break, Read(LSR));
        Assert.Equal(Empty | DataReady, Read(LSR));
        Assert.Equal([0x00, 0xff], ReadAll());
    }

    [Fact]
    public void Causes_are_identified_by_priority()
    {
        SetDivisor(0xffff);
        Write(LCR, 0x03);
        Write(FCR, 0x01);
        Write(MCR, Loop | Rts);
        Write(IER, 0x0f);
        for (int i = 0; i < 17; i++)
            Write(THR, (byte)i);
        Write(MCR, Loop);
        Assert.Equal(Fifos | Line, Read(IIR));
        Read(LSR);
        Assert.Equal(Fifos | Data, Read(IIR));
        Write(FCR, 0x03);
        Assert.Equal(Fifos | Emptied, Read(IIR));
        Assert.Equal(Fifos | Modem, Read(IIR));
        Read(MSR);
        Assert.Equal(Fifos | NonePending, Read(IIR));
    }

    private byte Read(int register) => _card.Client.ReadRegion(0, (ulong)register, 1)[0];

    private void Write(int register, byte value) => _card.Client.WriteRegion(0, (ulong)register, value);

    // The pin itself: Interrupt Status of config space.
    private bool Interrupts => (_card.Client.ReadRegion(7, 6, 1)[0] & 0x08) != 0;

    private void SetDivisor(int value)
    {
        Write(LCR, 0x83);
        Write(DLL, (byte)value);
        Write(DLM, (byte)(value >> 8));
        Write(LCR, 0x03);
    }

    private List<byte> ReadAll()
    {
        var all = new List<byte>();
        while ((Read(LSR) & DataReady) != 0)
            all.Add(Read(RBR));
        return all;
    }

    private void WaitForData() => WaitFor(() => (Read(LSR) & DataReady) != 0);

    private static void WaitFor(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), "It never happened.");
    }
}
