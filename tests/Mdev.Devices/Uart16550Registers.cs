namespace Mdev.Devices;

/// <summary>IER: which causes interrupt.</summary>
[Flags]
public enum InterruptEnable : byte { ReceivedData = 0x01, TransmitterEmpty = 0x02, LineStatus = 0x04, ModemStatus = 0x08 }

/// <summary>IIR, bits 3:1; a lower value is no higher priority.</summary>
public enum InterruptCause : byte
{
    ModemStatus = 0b000,
    TransmitterEmpty = 0b001,
    ReceivedData = 0b010,
    LineStatus = 0b011,
    CharacterTimeout = 0b110,
}

/// <summary>IIR, interrupt identification.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct InterruptIdentification
{
    [Bits(0)] public partial bool NonePending { readonly get; set; }
    [Bits(3, 1)] public partial InterruptCause Cause { readonly get; set; }
    [Bits(7, 6)] public partial int FifosEnabled { readonly get; set; }
}

/// <summary>FCR, FIFO control.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct FifoControl
{
    [Bits(0)] public partial bool Enable { readonly get; set; }
    [Bits(1, Access = Access.W | Access.SelfClearing)] public partial bool ResetReceiver { readonly get; set; }
    [Bits(2, Access = Access.W | Access.SelfClearing)] public partial bool ResetTransmitter { readonly get; set; }
    [Bits(3)] public partial bool DmaMode { readonly get; set; }
    [Bits(7, 6)] public partial int Trigger { readonly get; set; }
}

/// <summary>LCR, line control.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct LineControl
{
    [Bits(1, 0)] public partial int WordLength { readonly get; set; }
    [Bits(2)] public partial bool MoreStopBits { readonly get; set; }
    [Bits(3)] public partial bool Parity { readonly get; set; }
    [Bits(4)] public partial bool EvenParity { readonly get; set; }
    [Bits(5)] public partial bool StickParity { readonly get; set; }
    [Bits(6)] public partial bool Break { readonly get; set; }
    [Bits(7)] public partial bool DivisorLatch { readonly get; set; }
}

/// <summary>MCR, modem control.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct ModemControl
{
    [Bits(0)] public partial bool DataTerminalReady { readonly get; set; }
    [Bits(1)] public partial bool RequestToSend { readonly get; set; }
    [Bits(2)] public partial bool Out1 { readonly get; set; }
    [Bits(3)] public partial bool Out2 { readonly get; set; }
    [Bits(4)] public partial bool Loop { readonly get; set; }
    [Bits(5)] public partial bool AutoFlowControl { readonly get; set; }
}

/// <summary>LSR, line status; reading it clears the errors.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct LineStatus
{
    [Bits(0)] public partial bool DataReady { readonly get; set; }
    [Bits(1, Access = Access.R | Access.RC)] public partial bool Overrun { readonly get; set; }
    [Bits(2, Access = Access.R | Access.RC)] public partial bool ParityError { readonly get; set; }
    [Bits(3, Access = Access.R | Access.RC)] public partial bool FramingError { readonly get; set; }
    [Bits(4, Access = Access.R | Access.RC)] public partial bool Break { readonly get; set; }
    [Bits(5)] public partial bool HoldingEmpty { readonly get; set; }
    [Bits(6)] public partial bool TransmitterEmpty { readonly get; set; }
    [Bits(7)] public partial bool FifoError { readonly get; set; }

    /// <summary>Whether one of the errors is shown that come with a character.</summary>
    public readonly bool HasCharacterError => ParityError || FramingError || Break;
}

/// <summary>MSR, modem status; reading it clears what says that a signal has changed.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct ModemStatus
{
    [Bits(0, Access = Access.R | Access.RC)] public partial bool ClearToSendChanged { readonly get; set; }
    [Bits(1, Access = Access.R | Access.RC)] public partial bool DataSetReadyChanged { readonly get; set; }
    [Bits(2, Access = Access.R | Access.RC)] public partial bool RingEnded { readonly get; set; }
    [Bits(3, Access = Access.R | Access.RC)] public partial bool CarrierChanged { readonly get; set; }
    [Bits(4)] public partial bool ClearToSend { readonly get; set; }
    [Bits(5)] public partial bool DataSetReady { readonly get; set; }
    [Bits(6)] public partial bool Ring { readonly get; set; }
    [Bits(7)] public partial bool Carrier { readonly get; set; }

    public readonly bool HasChanges => ClearToSendChanged || DataSetReadyChanged || RingEnded || CarrierChanged;
}
