using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Management;

/// <summary>Starts what is defined to start with its parent, when the parent appears. mdevctl does so by a udev rule.</summary>
/// <param name="definitions">The definitions.</param>
/// <param name="bus">The parents' bus.</param>
/// <param name="logger">Told of each device, also of those that do not start.</param>
internal sealed class Autostart(DefinitionStore definitions, MdevBus bus, ILogger logger)
{
    private readonly ConditionalWeakTable<MdevParent, object> _seen = [];

    /// <summary>Starts the devices of a parent, in the order of their UUIDs; once, however often it is called.</summary>
    /// <param name="parent">A registered parent.</param>
    /// <returns>How many it has started. One that fails is logged, and holds up none of the others.</returns>
    public int Start(MdevParent parent)
    {
        if (!_seen.TryAdd(parent, parent))
            return 0;

        DefinitionList list = definitions.Read(parent.Name);
        foreach (DefinitionProblem problem in list.Problems)
            ManagementLog.UnreadableDefinition(logger, parent.Name, problem.Message);
        return list.Definitions.Count(definition => definition.IsAuto && TryStart(parent, definition));
    }

    private bool TryStart(MdevParent parent, Definition definition)
    {
        // Somebody was faster: it runs, and that is what was asked for.
        if (bus.Find(definition.Uuid)?.Type.Parent == parent)
            return false;

        try
        {
            bus.Create(bus.FindType(parent.Name, definition.Type), definition.Uuid, definition.Attributes);
            ManagementLog.Started(logger, parent.Name, definition.Uuid, definition.Type);
            return true;
        }
        catch (Exception e)
        {
            Errno error = (e as MdevException)?.Error ?? FileErrors.Of(e);
            ManagementLog.NotStarted(logger, parent.Name, definition.Uuid, definition.Type, error, e.Message);
            return false;
        }
    }
}
