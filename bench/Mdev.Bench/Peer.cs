namespace Mdev.Bench;

/// <summary>A program that serves a device on the socket it is given as its argument, by whatever means.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Region">The region to access.</param>
/// <param name="Offset">Where in that region four bytes can be read and written.</param>
internal sealed record Peer(string Program, uint Region, ulong Offset)
{
    /// <summary>What the table calls it.</summary>
    public string Name => Path.GetFileName(Program);
}
