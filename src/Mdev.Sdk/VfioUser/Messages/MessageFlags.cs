namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Flags of a header. Source: vfio-user, "Header".</summary>
[Flags]
internal enum MessageFlags : uint
{
    Command = 0,
    Reply = 1,
    TypeMask = 0xf,

    /// <summary>The sender wants no answer, not even an error.</summary>
    NoReply = 0x10,

    Error = 0x20,
}
