namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>How an instance is served to virtual machines.</summary>
/// <param name="Socket">The vfio-user socket: an absolute path, or <c>fd:N</c> where the host was given a connected one.</param>
/// <param name="Client">Who uses it, for people: "qemu-system-x86_64, process 123"; <see langword="null"/> for nobody.</param>
/// <param name="ClientProcess">The client's process id as the host sees it, if it is known.</param>
/// <param name="HasMsix">Whether it has MSI-X, with which some versions of QEMU cannot unplug it.</param>
/// <param name="SharedMemory">Bytes of guest memory that the client has mapped and shares.</param>
/// <param name="UnsharedMemory">Bytes of guest memory that the client has mapped and does not share: each access is a message.</param>
internal sealed record ServingInfo(
    string Socket,
    string? Client = null,
    int? ClientProcess = null,
    bool HasMsix = false,
    ulong SharedMemory = 0,
    ulong UnsharedMemory = 0);
