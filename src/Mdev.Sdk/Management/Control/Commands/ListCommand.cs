using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>list</c>: the instances, by UUID.</summary>
internal sealed class ListCommand(ControlledParent controlled) : AnsweringCommand<ListArguments, InstanceList>(ControlVerbs.List)
{
    protected override Task<InstanceList> AnswerAsync(ListArguments arguments, CancellationToken cancel)
    {
        IEnumerable<MdevInstance> instances = controlled.Instances
            .Where(i => arguments.Uuid is null || i.Uuid == arguments.Uuid)
            .OrderBy(i => i.Uuid.ToString(), StringComparer.Ordinal);
        return Task.FromResult(new InstanceList([.. instances.Select(i => controlled.Describe(i, arguments.Attributes))]));
    }
}
