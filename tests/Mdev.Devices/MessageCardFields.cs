namespace Mdev.Devices;

/// <summary>0x04, status.</summary>
[BitFields(AccessWidth.Dword)]
public partial struct MessageCardStatus
{
    /// <summary>A message of the host waits.</summary>
    [Bits(0)] public partial bool MessageWaiting { readonly get; set; }

    /// <summary>The host's queue has room for one more.</summary>
    [Bits(1)] public partial bool RoomToSend { readonly get; set; }

    /// <summary>A program of the host has its end open.</summary>
    [Bits(2)] public partial bool HostPresent { readonly get; set; }

    /// <summary>A message was sent without room, or of no length that fits, and is lost; until the next reset.</summary>
    [Bits(3)] public partial bool Overrun { readonly get; set; }
}

/// <summary>0x08 and 0x0c, causes of interrupts.</summary>
[BitFields(AccessWidth.Dword)]
public partial struct MessageCardCauses
{
    /// <summary>A message has come.</summary>
    [Bits(0)] public partial bool Message { readonly get; set; }

    /// <summary>There is room again.</summary>
    [Bits(1)] public partial bool Room { readonly get; set; }

    /// <summary>The host has opened its end, or closed it.</summary>
    [Bits(2)] public partial bool Host { readonly get; set; }
}
