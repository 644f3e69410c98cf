using Mdev.Sdk.Device;
using Mdev.Sdk.Display.Control;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Sdk.Observation.Control;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Hosting;

/// <summary>Publishes what a host process has in the runtime directory, so that tools find it.</summary>
internal static class HostControl
{
    /// <summary>Publishes a parent, whose instances tools make and remove.</summary>
    /// <exception cref="IOException">Another process has published a parent of this name, or the runtime directory cannot be made.</exception>
    public static ControlSocket OfParent(MdevHost host, MdevParent parent) =>
        new(host.Directory.ControlOf(parent), Commands(host, parent, isManaged: true), host.Logger);

    /// <summary>Publishes the one instance of a host process that has no more.</summary>
    /// <returns><see langword="null"/> if it cannot be published, which is logged: it is served all the same.</returns>
    public static ControlSocket? OfInstance(MdevHost host, MdevInstance instance)
    {
        string path = Path.Combine(host.Directory.Path, $"{instance.Uuid}.control");
        try
        {
            path = host.Directory.ControlOf(instance.Uuid);
            return new ControlSocket(path, Commands(host, instance.Type.Parent, isManaged: false), host.Logger);
        }
        catch (IOException e)
        {
            ManagementLog.NotPublished(host.Logger, path, e.Message);
            return null;
        }
    }

    // Made when they are looked at.
    private static IEnumerable<ControlCommand> Commands(MdevHost host, MdevParent parent, bool isManaged)
    {
        var controlled = new ControlledParent(host.Bus, parent, instance => ServingOf(host, instance), isManaged);
        foreach (ControlCommand command in ControlCommands.Of(controlled))
            yield return command;
        yield return new InspectCommand(controlled);
        yield return new TraceCommand(controlled);
        yield return new ScreenshotCommand(controlled, host.Screens);
    }

    private static ServingInfo? ServingOf(MdevHost host, MdevInstance instance)
    {
        if (instance.Device is not VfioDevice device || host.SocketOf(instance.Uuid) is not { } socket)
            return null;
        int? process = device.Client is { ProcessId: > 0 and var id } ? id : null;
        bool hasMsix = device is PciDevice && device.Interrupts[PciDevice.MsixIrq] is MsixIndex;
        (ulong shared, ulong unshared) = device.Memory.WritableBytes;
        return new ServingInfo(socket, host.UserOf(instance), process, hasMsix, shared, unshared);
    }
}
