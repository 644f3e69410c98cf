namespace Mdev.Sdk.Testing.Captures;

/// <summary>Where a device answered otherwise than the recorded one.</summary>
/// <param name="Packet">Number of the recorded reply in its file, from 1.</param>
/// <param name="Region">VFIO region index.</param>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="IsWrite">Whether it was a write, which is refused or not; a read gives bytes.</param>
/// <param name="Recorded">What the recorded device answered: bytes in the order of their addresses, or an errno's name.</param>
/// <param name="Actual">What this one answered.</param>
/// <param name="Registers">The registers that the recorded access has met, with their values; empty if the file does not say.</param>
public sealed record CaptureDifference(
    int Packet, uint Region, ulong Offset, bool IsWrite, string Recorded, string Actual, IReadOnlyList<string> Registers)
{
    /// <summary>One line.</summary>
    public override string ToString()
    {
        string registers = Registers.Count == 0 ? "" : $" (recorded: {string.Join("; ", Registers)})";
        string access = $"region {Region} +0x{Offset:x}";
        return $"packet {Packet}: {(IsWrite ? "write to" : "read of")} {access} gave {Actual}, recorded {Recorded}{registers}";
    }
}
