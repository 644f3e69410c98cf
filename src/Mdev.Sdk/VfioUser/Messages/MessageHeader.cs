using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What every message begins with, in host byte order. Source: vfio-user, "Header".</summary>
/// <param name="Id">The sender's; it may repeat, and a reply carries it back.</param>
/// <param name="Command">The command, in a reply too.</param>
/// <param name="Size">Bytes of the whole message, header included.</param>
/// <param name="Flags">Type, and what answer is wanted.</param>
/// <param name="Error">An errno, in a reply with the Error flag.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct MessageHeader(ushort Id, Command Command, uint Size, MessageFlags Flags, uint Error)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 16;

    public bool IsCommand => (Flags & MessageFlags.TypeMask) == MessageFlags.Command;

    public bool IsReply => (Flags & MessageFlags.TypeMask) == MessageFlags.Reply;

    public bool WantsReply => (Flags & MessageFlags.NoReply) == 0;
}
