using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>One message of a transfer that the client owes an answer to.</summary>
/// <param name="Transfer">Whose.</param>
/// <param name="Offset">Where its bytes begin in the transfer.</param>
/// <param name="Count">Bytes.</param>
internal readonly record struct DmaRequest(DmaTransfer Transfer, int Offset, int Count)
{
    public DmaMessage Message => new(Transfer.Address + (uint)Offset, (uint)Count);
}
