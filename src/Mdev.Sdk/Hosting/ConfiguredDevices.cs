using System.Globalization;
using Microsoft.Extensions.Options;

namespace Mdev.Sdk.Hosting;

/// <summary>The instances that a program makes when it starts: those of its configuration, and those of systemd's sockets.</summary>
internal sealed class ConfiguredDevices
{
    private readonly IReadOnlyList<MdevParent> _parents;
    private readonly List<Device> _devices = [];

    private ConfiguredDevices(IReadOnlyList<MdevParent> parents) => _parents = parents;

    /// <summary>Finds what the options mean among the parents that there are.</summary>
    /// <exception cref="OptionsValidationException">They name a parent or a type that nobody has; by key.</exception>
    public static ConfiguredDevices Find(MdevOptions options, IReadOnlyList<MdevParent> parents)
    {
        var found = new ConfiguredDevices(parents);
        var mistakes = new List<string>();
        foreach ((string name, MdevParentOptions said) in options.Parents)
        {
            if (parents.FirstOrDefault(p => p.Name == name) is not { } parent)
            {
                string known = parents.Count == 0 ? "there are none" : $"there are {string.Join(", ", parents.Select(p => p.Name))}";
                mistakes.Add($"{MdevOptions.Section}:Parents:{name} is of a parent that the program has not added; {known}.");
                continue;
            }
            for (int i = 0; i < said.Devices.Count; i++)
                found.Add(parent, said.Devices[i], MdevOptionsValidator.KeyOf(name, i), mistakes);
        }
        return mistakes.Count == 0 ? found : throw new OptionsValidationException("", typeof(MdevOptions), mistakes);
    }

    /// <summary>Has devices served on the sockets that are named after them.</summary>
    /// <exception cref="IOException">A socket's name says nothing of what is served there.</exception>
    public void Place(MdevHost host, IReadOnlyList<ActivationSocket> sockets)
    {
        foreach (ActivationSocket socket in sockets)
            host.PlaceOn(socket.Open(), DeviceOf(socket, isOnly: sockets.Count == 1).Uuid);
    }

    /// <summary>Makes them, on parents that are registered.</summary>
    /// <exception cref="MdevException">One was refused; by key.</exception>
    /// <exception cref="IOException">A socket cannot be made; by key.</exception>
    public void Make(MdevHost host)
    {
        foreach (Device device in _devices)
        {
            try
            {
                host.Bus.Create(device.Type, device.Uuid, device.Attributes);
            }
            catch (MdevException e)
            {
                throw new MdevException(e.Error, $"{device.Key}: {e.Message}");
            }
            catch (IOException e)
            {
                throw new IOException($"{device.Key}: {e.Message}", e);
            }
        }
    }

    private Device DeviceOf(ActivationSocket socket, bool isOnly)
    {
        if (ActivationPlan.TypeOf(socket, _parents) is { } type)
        {
            var added = new Device(type, Guid.NewGuid(), [], $"The socket '{socket.Name}'");
            _devices.Add(added);
            return added;
        }

        // One socket, one device: no name has to say what belongs together.
        if (isOnly && _devices is [var only] && !UuidText.TryParseExact(socket.Name, out _))
            return only;
        Guid uuid = ActivationPlan.UuidOf(socket);
        return _devices.Find(d => d.Uuid == uuid) ?? throw new IOException(
            $"systemd passed a socket for the device {uuid}, which {MdevOptions.Section}:Parents does not name.");
    }

    private void Add(MdevParent parent, MdevDeviceOptions said, string key, List<string> mistakes)
    {
        if (parent.Types.FirstOrDefault(t => t.Id == said.Type) is { } type)
        {
            _ = UuidText.TryParseExact(said.Uuid, out Guid uuid);
            _devices.Add(new(type, uuid, [.. said.Attributes.Select(a => new AttributeValue(a.Name!, a.Value!))], key));
            return;
        }
        string known = string.Join(", ", parent.Types.Select(t => t.Id));
        mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:Type is '{said.Type}'; {parent.Name} has {known}."));
    }

    private sealed record Device(MdevType Type, Guid Uuid, IReadOnlyList<AttributeValue> Attributes, string Key);
}
