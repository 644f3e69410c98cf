using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser;

/// <summary>Knows where the many bytes of a large message belong before they have come, so that they are received there.</summary>
internal interface IBodyPlaces
{
    /// <summary>Where the bytes that follow the beginning of a message go.</summary>
    /// <param name="header">The message's.</param>
    /// <param name="head">The first bytes of its payload.</param>
    /// <returns>
    /// Room for exactly the bytes behind the head; empty if the message is to be received as a whole. No lock may be needed to write
    /// there: the client sends as slowly as it likes, and may never send all.
    /// </returns>
    Span<byte> Find(in MessageHeader header, ReadOnlySpan<byte> head);
}
