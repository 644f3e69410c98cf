namespace Mdev.Sdk.Hosting;

/// <summary>
/// Which instance is served on which socket of systemd's: the socket's name (<c>FileDescriptorName=</c>) is the instance's UUID,
/// or its type.
/// </summary>
/// <param name="Type">What the instance is.</param>
/// <param name="Uuid">Its UUID; random if only the type is said.</param>
/// <param name="Socket">Where it is served.</param>
internal sealed record ActivationPlan(MdevType Type, Guid Uuid, ActivationSocket Socket)
{
    /// <summary>Plans the instances of a program that is told the rest by its options.</summary>
    /// <param name="sockets">What systemd passed; one whose name says nothing gets what the options say, if it is the only one.</param>
    /// <param name="parents">Whose types are looked through.</param>
    /// <param name="type">What an instance is whose socket does not say.</param>
    /// <param name="isTypeGiven">Whether the user has said so, and more than the socket's name does.</param>
    /// <param name="uuid">What the user wants the only instance to be called.</param>
    /// <exception cref="IOException">A socket's name does not say what is served there.</exception>
    public static IEnumerable<ActivationPlan> Make(
        IReadOnlyList<ActivationSocket> sockets, IReadOnlyList<MdevParent> parents, MdevType type, bool isTypeGiven, Guid? uuid)
    {
        if (sockets is [var only])
        {
            MdevType said = isTypeGiven ? type : TypeOf(only, parents) ?? type;
            return [new(said, uuid ?? (UuidText.TryParseExact(only.Name, out Guid own) ? own : Guid.NewGuid()), only)];
        }
        return [.. sockets.Select(socket => TypeOf(socket, parents) is { } named
            ? new ActivationPlan(named, Guid.NewGuid(), socket)
            : new ActivationPlan(type, UuidOf(socket), socket))];
    }

    /// <summary>The type that a socket is named after; <see langword="null"/> if it is not.</summary>
    public static MdevType? TypeOf(ActivationSocket socket, IReadOnlyList<MdevParent> parents) =>
        parents.SelectMany(parent => parent.Types).FirstOrDefault(type => type.Id == socket.Name);

    /// <summary>The UUID that a socket is named after.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public static Guid UuidOf(ActivationSocket socket) => UuidText.TryParseExact(socket.Name, out Guid uuid)
        ? uuid
        : throw new IOException(
            $"systemd passed the socket '{socket.Name}'; FileDescriptorName= of its unit must be an instance's UUID or a type's id.");
}
