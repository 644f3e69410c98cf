using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>create</c>: makes an instance, with attributes. When it answers, the instance can be attached.</summary>
internal sealed class CreateCommand(ControlledParent controlled) : AnsweringCommand<CreateArguments, InstanceInfo>(ControlVerbs.Create)
{
    protected override Task<InstanceInfo> AnswerAsync(CreateArguments arguments, CancellationToken cancel)
    {
        controlled.RequireManaged();
        MdevType type = controlled.FindType(arguments.Type);
        MdevInstance instance = controlled.Bus.Create(type, arguments.Uuid ?? Guid.NewGuid(), arguments.Attributes ?? []);
        return Task.FromResult(controlled.Describe(instance));
    }
}
