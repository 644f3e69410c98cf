using System.Runtime.InteropServices;

namespace Mdev.Sdk.Terminals;

/// <summary><see cref="LineSettings"/> with the speeds as numbers. Source: Linux asm-generic/termbits.h, struct termios2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LineSettings2
{
    public LineSettings Settings;

    /// <summary>Baud.</summary>
    public uint InputSpeed;

    /// <summary>Baud.</summary>
    public uint OutputSpeed;
}
