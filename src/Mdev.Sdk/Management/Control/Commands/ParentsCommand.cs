using System.Reflection;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>parents</c>: the parent that instances are made on here, and the host process.</summary>
internal sealed class ParentsCommand(ControlledParent controlled) : AnsweringCommand<Nothing, ParentList>(ControlVerbs.Parents)
{
    private static readonly string s_version = typeof(ParentsCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    protected override Task<ParentList> AnswerAsync(Nothing arguments, CancellationToken cancel)
    {
        MdevParent parent = controlled.Parent;
        ParentInfo[] parents = controlled.IsManaged ? [new ParentInfo(parent.Name, parent.Driver, parent.Attributes.Infos)] : [];
        return Task.FromResult(new ParentList(parents, Environment.ProcessId, s_version));
    }
}
