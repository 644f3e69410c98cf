namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What a client says of dirty bitmaps: it can migrate devices. No longer in the specification, still sent by QEMU.</summary>
/// <param name="PageSize">Bytes of guest memory a bit; a power of two of at least 4096.</param>
/// <param name="MaxBitmapSize">Bytes of the largest bitmap that it takes.</param>
internal readonly record struct MigrationCapability(ulong PageSize, ulong MaxBitmapSize)
{
    /// <summary>Where the client says nothing of it: enough for 8 TiB of pages of 4096 bytes.</summary>
    public const ulong DefaultMaxBitmapSize = 256 << 20;
}
