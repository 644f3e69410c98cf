using System.Net.Sockets;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Hosting;

/// <summary>A socket that this process was started with, by systemd or by whoever wrote <c>--fd</c>.</summary>
/// <param name="Descriptor">Its number; this process' own.</param>
/// <param name="Name">What systemd calls it (<c>FileDescriptorName=</c>); the unit's name unless the unit says otherwise.</param>
internal sealed record ActivationSocket(int Descriptor, string Name)
{
    /// <summary>Takes it over.</summary>
    /// <exception cref="IOException">It is no unix stream socket, or one that nobody can come to.</exception>
    public Socket Open()
    {
        if (!UnixSocket.IsUnixStream(Descriptor))
            throw new IOException($"Descriptor {Descriptor} is not a unix stream socket.");
        var socket = new Socket(new SafeSocketHandle(Descriptor, ownsHandle: true));
        return UnixSocket.IsListening(Descriptor) || socket.Connected
            ? socket
            : throw new IOException($"The socket of descriptor {Descriptor} neither listens nor is connected.");
    }
}
