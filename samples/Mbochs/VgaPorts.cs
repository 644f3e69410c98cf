namespace Mbochs;

/// <summary>
/// The VGA's ports 0x3c0 to 0x3df by memory. There is no VGA behind them: drivers unlock and blank it, and learn nothing. Source: Linux
/// samples/vfio-mdev/mbochs.c.
/// </summary>
[RegisterBlock(0x20, Bus = AccessWidth.Byte)]
public sealed partial class VgaPorts
{
    [RegisterArray(0, 0x20, Mask = 0)] public partial RegisterArray<byte> Port { get; }
}
