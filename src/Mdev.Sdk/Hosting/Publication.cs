using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// What makes a host's parents visible to tools: their control sockets and trees, from when a parent is registered until it is
/// unregistered. Everything is gone when it is disposed.
/// </summary>
internal sealed class Publication : IDisposable
{
    private readonly MdevHost _host;
    private readonly Lock _gate = new();
    private readonly Dictionary<MdevParent, ControlSocket> _parents = [];
    private readonly Dictionary<MdevParent, string> _lacks = [];
    private readonly List<ControlSocket> _instances = [];
    private readonly Autostart _autostart;
    private bool _disposed;

    private Publication(MdevHost host)
    {
        _host = host;
        _autostart = new Autostart(new DefinitionStore(DefinitionStore.DefaultFolder), host.Bus, host.Logger);
    }

    /// <summary>Publishes the parents of a bus, those that it has and those to come; tools make and remove instances.</summary>
    /// <exception cref="IOException">Another process has published a parent of the same name, or the runtime directory cannot be made.</exception>
    public static Publication OfParents(MdevHost host)
    {
        var publication = new Publication(host);
        try
        {
            foreach (MdevParent parent in host.Bus.Parents)
                publication.Publish(parent);
        }
        catch
        {
            publication.Dispose();
            throw;
        }
        host.Bus.Changed += publication.Follow;
        return publication;
    }

    /// <summary>Publishes instances that end with their process; tools look at them.</summary>
    public static Publication OfInstances(MdevHost host)
    {
        var publication = new Publication(host);
        foreach (MdevInstance instance in host.Bus.Instances)
        {
            if (HostControl.OfInstance(host, instance) is { } control)
                publication._instances.Add(control);
        }
        return publication;
    }

    /// <summary>A published parent's control socket.</summary>
    public string ControlOf(MdevParent parent)
    {
        lock (_gate)
            return _parents[parent].Path;
    }

    /// <summary>Starts the devices that are defined to start with their parents.</summary>
    public void Autostart()
    {
        foreach (MdevParent parent in _host.Bus.Parents)
            _autostart.Start(parent);
    }

    /// <summary>What does not work any more, a sentence each.</summary>
    public IEnumerable<string> Failures()
    {
        lock (_gate)
        {
            return [
                .. _parents.Where(p => !File.Exists(p.Value.Path)).Select(p =>
                    $"The control socket {p.Value.Path} is gone: no tool finds {p.Key.Name}."),
                .. _host.Tree?.Failures() ?? []];
        }
    }

    /// <summary>What was wanted and is not there, a sentence each.</summary>
    public IEnumerable<string> Lacks()
    {
        lock (_gate)
            return [.. _lacks.Values];
    }

    public void Dispose()
    {
        _host.Bus.Changed -= Follow;
        ControlSocket[] controls;
        lock (_gate)
        {
            _disposed = true;
            foreach (MdevParent parent in _parents.Keys)
                _host.Tree?.Unpublish(parent);
            controls = [.. _parents.Values, .. _instances];
            _parents.Clear();
            _instances.Clear();
        }
        foreach (ControlSocket control in controls)
            control.Dispose();
    }

    private void Publish(MdevParent parent)
    {
        // The socket first: a name that another process has published is refused by it.
        ControlSocket control = HostControl.OfParent(_host, parent);
        try
        {
            Plant(parent);
            lock (_gate)
            {
                if (!_disposed && _parents.TryAdd(parent, control))
                    return;
            }
        }
        catch
        {
            control.Dispose();
            throw;
        }
        control.Dispose();
    }

    private void Plant(MdevParent parent)
    {
        try
        {
            _host.Tree?.Publish(parent);
        }
        catch (Exception e) when (e is MdevException or IOException)
        {
            if (_host.Options.Tree == MdevTreeMode.Required)
                throw new IOException($"The tree of {parent.Name}, which is required, cannot be served. {e.Message}", e);
            HostLog.NoTree(_host.Logger, parent.Name, e.Message);
            lock (_gate)
                _lacks[parent] = $"The tree of {parent.Name} is not served. {e.Message}";
        }
    }

    private void Withdraw(MdevParent parent)
    {
        ControlSocket? control;
        lock (_gate)
        {
            _parents.Remove(parent, out control);
            _lacks.Remove(parent);
        }
        _host.Tree?.Unpublish(parent);
        control?.Dispose();
    }

    private void Follow(MdevBusEvent e)
    {
        if (e.Kind == MdevBusEventKind.ParentUnregistered)
        {
            Withdraw(e.Parent);
        }
        else if (e.Kind == MdevBusEventKind.ParentRegistered)
        {
            try
            {
                Publish(e.Parent);
                if (_host.Options.Autostart)
                    _autostart.Start(e.Parent);
            }
            catch (IOException failure)
            {
                HostLog.NotPublished(_host.Logger, e.Parent.Name, failure.Message);
            }
        }
    }
}
