using Mdev.Sdk.VfioUser.Messages;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.VfioUser;

/// <summary>One message as it came. Valid until the next one is received.</summary>
internal readonly ref struct Message
{
    public MessageHeader Header { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Whether what follows the payload has been received where <see cref="IBodyPlaces"/> said.</summary>
    public bool IsPlaced { get; init; }

    /// <summary>Whether descriptors that came with it are lost, as this process may open no more: it cannot be carried out.</summary>
    public bool HasLostDescriptors { get; init; }

    /// <summary>The descriptors that came with it. Whoever keeps one puts null in its place; the others are closed.</summary>
    public Span<SafeFileHandle?> Descriptors { get; init; }
}
