namespace Mdev.Sdk.Testing;

/// <summary>A DMA_READ or DMA_WRITE of a server. Source: vfio-user, "VFIO_USER_DMA_READ".</summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Count">Bytes.</param>
/// <param name="Data">What is written; <see langword="null"/> for a DMA_READ.</param>
public sealed record VfioDmaRequest(ulong Address, ulong Count, byte[]? Data)
{
    /// <summary>Whether it is a DMA_WRITE.</summary>
    public bool IsWrite => Data is not null;
}
