namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// What a client has said of itself in VERSION, and the protocol's defaults for what it has not. Source: vfio-user,
/// "VFIO_USER_VERSION".
/// </summary>
internal sealed record ClientCapabilities
{
    private const int QemuDmaTransfer = 32 << 10;

    /// <summary>The minor version it speaks; ours is 0, which every other one includes.</summary>
    public ushort Minor { get; init; }

    /// <summary>max_msg_fds: descriptors it takes in one message; 0 to 1024.</summary>
    public int MaxDescriptors { get; init; } = 1;

    /// <summary>max_data_xfer_size: bytes of data it takes in one message; at least 1.</summary>
    public ulong MaxTransfer { get; init; } = 1 << 20;

    /// <summary>max_dma_maps: the most mappings it will make; <see langword="null"/> if it does not say.</summary>
    public ulong? MaxMappings { get; init; }

    /// <summary>pgsizes: a bit for each page size it maps by; <see langword="null"/> if it does not say.</summary>
    public ulong? PageSizes { get; init; }

    /// <summary>twin_socket: it takes the server's commands on a socket of their own.</summary>
    public bool TwinSocket { get; init; }

    /// <summary>write_multiple: it can send REGION_WRITE_MULTI.</summary>
    public bool WriteMultiple { get; init; }

    /// <summary>migration; <see langword="null"/> if it cannot.</summary>
    public MigrationCapability? Migration { get; init; }

    /// <summary>Bytes of data in the largest message that both sides take.</summary>
    public int Transfer => (int)Math.Min(MaxTransfer, Limits.MaxTransfer);

    /// <summary>Bytes of data in one DMA_READ or DMA_WRITE.</summary>
    /// <remarks>
    /// QEMU (10.1 to 11.1) hands a reply to its socket once, and what does not fit is lost: the stream is out of step from there on. A
    /// unix socket takes 36 KiB whole or not at all, and then QEMU tries again; of more it may take a part.
    /// </remarks>
    public int DmaTransfer => Profile == ClientProfile.Qemu ? Math.Min(Transfer, QemuDmaTransfer) : Transfer;

    /// <summary>Which program it is.</summary>
    public ClientProfile Profile => this switch
    {
        { Minor: 1 } => ClientProfile.RustVmm,
        { MaxDescriptors: 16, WriteMultiple: true, TwinSocket: false } => ClientProfile.Qemu,
        _ => ClientProfile.Other,
    };

    /// <summary>The program's name, for whoever reads a log.</summary>
    public string Name => Profile switch
    {
        ClientProfile.Qemu => "QEMU",
        ClientProfile.RustVmm => "cloud-hypervisor, or another of rust-vmm's",
        _ => "none that is known",
    };
}
