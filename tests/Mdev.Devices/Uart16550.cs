using Mdev.Sdk.Device;

namespace Mdev.Devices;

/// <summary>
/// A 16550 with automatic flow control. Source: TL16C550C and PC16550D data sheets. Characters take no time on the line; what the
/// far end cannot take yet waits in the transmitter FIFO, and what the receiver FIFO has no room for waits at the far end.
/// </summary>
[RegisterBlock(8, Bus = AccessWidth.Byte)]
public sealed partial class Uart16550 : IDisposable
{
    private const int FifoSize = 16;
    private const long Crystal = 1_843_200;

    [Saved] private readonly byte[] _received = new byte[FifoSize];
    [Saved] private readonly LineStatus[] _errors = new LineStatus[FifoSize];
    [Saved] private readonly byte[] _toSend = new byte[FifoSize];
    [Saved] private int _receivedCount, _toSendCount;
    [Saved] private bool _timedOut, _transmitterEmptied, _receiverStopped;

    // Of the far end, which may be another one after a restart.
    [NotSaved] private bool _clearToSend = true;

    private readonly DeviceTimer _timer;
    private readonly SerialLine? _line;

    /// <param name="device">Whose clock it uses.</param>
    /// <param name="irq">INTRPT, as a PC card wires it: OUT2 lets it through.</param>
    /// <param name="line">SIN, SOUT, RTS and CTS; <see langword="null"/> where nothing is plugged in.</param>
    public Uart16550(PciDevice device, InterruptLine irq, SerialLine? line)
    {
        (_timer, _line) = (device.CreateTimer(() => _timedOut = true), line);

        // In loop-back mode the modem control outputs are inactive, OUT2 among them.
        irq.Follow(() => MCR is { Out2: true, Loop: false } && Pending is not null);
        line?.Connect(device, TryReceive, LineDrained);
    }

    private bool Dlab => LCR.DivisorLatch;
    private int Depth => FCR.Enable ? FifoSize : 1;
    private int TriggerLevel => !FCR.Enable ? 1 : FCR.Trigger switch { 0 => 1, 1 => 4, 2 => 8, _ => 14 };

    [OnRead(0, Unless = nameof(Dlab), Name = "RBR")]
    private byte ReadReceiver()
    {
        byte value = _received[0];
        if (_receivedCount > 0)
        {
            _receivedCount--;
            _received.AsSpan(1).CopyTo(_received);
            _errors.AsSpan(1).CopyTo(_errors);
            ShowErrors();
        }
        ReceiverChanged();
        return value;
    }

    [OnWrite(0, Unless = nameof(Dlab), Name = "THR")]
    private void WriteTransmitter(byte value)
    {
        // One more than there is room for is lost.
        if (_toSendCount == Depth)
            return;
        _toSend[_toSendCount++] = value;
        _transmitterEmptied = false;
        Send();
    }

    [Register(0, When = nameof(Dlab), ResetOn = ResetOn.Cold, Reset = 1)] public partial byte DLL { get; set; }
    [Register(1, When = nameof(Dlab), ResetOn = ResetOn.Cold)] public partial byte DLM { get; set; }

    [Register(1, Unless = nameof(Dlab), Mask = 0x0f)] public partial InterruptEnable IER { get; set; }

    [OnWrite(nameof(IER))]
    private void InterruptsEnabled(InterruptEnable old, InterruptEnable value) =>
        _transmitterEmptied |= (value & ~old).HasFlag(InterruptEnable.TransmitterEmpty) && _toSendCount == 0;

    /// <summary>The highest cause that is enabled. Data sheet: "Interrupt Control Functions".</summary>
    private InterruptCause? Pending =>
        IER.HasFlag(InterruptEnable.LineStatus) && (LSR.Overrun || LSR.HasCharacterError) ? InterruptCause.LineStatus
        : IER.HasFlag(InterruptEnable.ReceivedData) && _receivedCount >= TriggerLevel ? InterruptCause.ReceivedData
        : IER.HasFlag(InterruptEnable.ReceivedData) && _timedOut ? InterruptCause.CharacterTimeout
        : IER.HasFlag(InterruptEnable.TransmitterEmpty) && _transmitterEmptied ? InterruptCause.TransmitterEmpty
        : IER.HasFlag(InterruptEnable.ModemStatus) && MSR.HasChanges ? InterruptCause.ModemStatus
        : null;

    [OnRead(2, Name = "IIR")]
    private InterruptIdentification IdentifyInterrupt()
    {
        InterruptCause? cause = Pending;
        if (cause == InterruptCause.TransmitterEmpty)
            _transmitterEmptied = false;
        return new() { NonePending = cause is null, Cause = cause ?? default, FifosEnabled = FCR.Enable ? 3 : 0 };
    }

    [Register(2, Access = Access.WO, Mask = 0xcf)] public partial FifoControl FCR { get; set; }

    [OnWrite(nameof(FCR))]
    private FifoControl ControlFifos(FifoControl old, FifoControl value)
    {
        // The other bits are not programmed unless bit 0 is written as 1, and a change of it clears both FIFOs.
        if (!value.Enable)
            value = default;
        if (value.ResetReceiver || value.Enable != old.Enable)
            _receivedCount = 0;
        if ((value.ResetTransmitter || value.Enable != old.Enable) && _toSendCount > 0)
            (_toSendCount, _transmitterEmptied) = (0, true);
        FCR = value;
        ReceiverChanged();
        return value;
    }

    [Register(3)] public partial LineControl LCR { get; set; }

    [Register(4, Mask = 0x3f)] public partial ModemControl MCR { get; set; }

    [OnWrite(nameof(MCR))]
    private void ModemControlled(ModemControl value)
    {
        ModemInputsChanged();
        Send();
        RequestMore();
    }

    [Register(5, Access = Access.RO)] public partial LineStatus LSR { get; set; }

    [OnRead(nameof(LSR), Pure = true)]
    private LineStatus LineStatusNow(LineStatus stored) => stored with
    {
        DataReady = _receivedCount > 0,
        HoldingEmpty = _toSendCount == 0,
        TransmitterEmpty = _toSendCount == 0,
        FifoError = FCR.Enable && (stored.HasCharacterError || HasErrorBehindTheFirst()),
    };

    [Register(6, Access = Access.RO)] public partial ModemStatus MSR { get; set; }
    [Register(7, ResetOn = ResetOn.Cold)] public partial byte SCR { get; set; }

    [OnReset]
    private void MasterReset()
    {
        (_receivedCount, _toSendCount, _transmitterEmptied) = (0, 0, false);
        MSR = ModemInputs;
        ReceiverChanged();
    }

    /// <summary>SIN. The far end sends while RTS is asserted, and never more than there is room for.</summary>
    public bool TryReceive(byte value, LineStatus errors)
    {
        if (!IsReadyToReceive)
            return false;
        Received(value, LCR.Parity ? errors : errors with { ParityError = false });
        return true;
    }

    /// <summary>After a state was loaded: the timer runs again, and the far end is asked anew. No count is taken on trust.</summary>
    public void Resume()
    {
        (_receivedCount, _toSendCount) = (Math.Clamp(_receivedCount, 0, Depth), Math.Clamp(_toSendCount, 0, Depth));
        _clearToSend = true;
        if (!_timedOut)
            ReceiverChanged();
        ModemInputsChanged();
        Send();
        RequestMore();
    }

    public void Dispose() => _line?.Dispose();

    // RTS, which with automatic flow control the FIFO holds back from its trigger level on until it is empty; at 14, while it is full.
    private bool IsReadyToReceive =>
        MCR is { Loop: false, RequestToSend: true } && _receivedCount < Depth && !(MCR.AutoFlowControl && _receiverStopped);

    private void Received(byte value, LineStatus errors)
    {
        if (_receivedCount == Depth)
        {
            LSR = LSR with { Overrun = true };

            // Without FIFOs the new character destroys the one in RBR; a FIFO keeps what it has.
            if (FCR.Enable)
                return;
            _receivedCount = 0;
        }

        _received[_receivedCount] = value;
        _errors[_receivedCount++] = errors;
        if (_receivedCount == 1)
            ShowErrors();
        ReceiverChanged();
    }

    // An error is shown when its character is the next one to be read.
    private void ShowErrors()
    {
        if (_receivedCount > 0)
            LSR = (LineStatus)(byte)((byte)LSR | (byte)_errors[0]);
    }

    private bool HasErrorBehindTheFirst()
    {
        for (int i = 1; i < _receivedCount; i++)
        {
            if (_errors[i].HasCharacterError)
                return true;
        }
        return false;
    }

    // Four character times without a character received or read, and one is left in the FIFO.
    private void ReceiverChanged()
    {
        _timedOut = false;
        if (FCR.Enable && _receivedCount > 0)
            _timer.Start(4 * CharacterTime);
        else
            _timer.Stop();

        _receiverStopped = _receivedCount > 0 && (_receiverStopped || (TriggerLevel < 14 && _receivedCount >= TriggerLevel));
        RequestMore();
    }

    private void RequestMore()
    {
        if (IsReadyToReceive)
            _line?.NotifyRoom();
    }

    private TimeSpan CharacterTime
    {
        get
        {
            // In halves: five data bits with more than one stop bit have one and a half.
            int stop = !LCR.MoreStopBits ? 2 : LCR.WordLength == 0 ? 3 : 4;
            int halves = 2 + (2 * (5 + LCR.WordLength)) + (LCR.Parity ? 2 : 0) + stop;
            long divisor = Math.Max((DLM << 8) | DLL, 1);
            return TimeSpan.FromTicks(halves * 16 * divisor * TimeSpan.TicksPerSecond / (2 * Crystal));
        }
    }

    // SOUT, or in loop-back mode SIN. With automatic flow control only while CTS is asserted.
    private void Send()
    {
        while (_toSendCount > 0 && (MCR.Loop || _clearToSend) && (!MCR.AutoFlowControl || MSR.ClearToSend))
        {
            byte value = (byte)(_toSend[0] & (0xff >> (3 - LCR.WordLength)));
            if (MCR.Loop)
            {
                Received(value, default);
            }
            else if (_line?.TrySend(value) == false)
            {
                _clearToSend = false;
                ModemInputsChanged();
                return;
            }

            _toSend.AsSpan(1).CopyTo(_toSend);
            _transmitterEmptied |= --_toSendCount == 0;
        }
    }

    private void LineDrained()
    {
        _clearToSend = true;
        ModemInputsChanged();
        Send();
    }

    // In loop-back mode the four outputs are the inputs.
    private ModemStatus ModemInputs => MCR.Loop
        ? new() { ClearToSend = MCR.RequestToSend, DataSetReady = MCR.DataTerminalReady, Ring = MCR.Out1, Carrier = MCR.Out2 }
        : new() { ClearToSend = _line is not null && _clearToSend, DataSetReady = _line is not null, Carrier = _line is not null };

    private void ModemInputsChanged()
    {
        ModemStatus before = MSR, now = ModemInputs;
        MSR = now with
        {
            ClearToSendChanged = before.ClearToSendChanged || before.ClearToSend != now.ClearToSend,
            DataSetReadyChanged = before.DataSetReadyChanged || before.DataSetReady != now.DataSetReady,
            RingEnded = before.RingEnded || (before.Ring && !now.Ring),
            CarrierChanged = before.CarrierChanged || before.Carrier != now.Carrier,
        };
    }
}
